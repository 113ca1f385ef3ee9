// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Candidate {
  /// The formats in which this candidate's stages reply, such as `replies as xml`; nil where the
  /// program leaves none to be searched.
  func searchedFormats(of program: Program) -> String? {
    let chosen = program.askedStages.compactMap { stage -> (stage: String, format: ReplyFormat)? in
      guard let call = stage.call, let formats = call.formats,
        formats.contains(where: { $0 != call.format }), let prompt = prompts[stage.name]
      else { return nil }
      return (stage.name, prompt.format ?? call.format)
    }
    guard let first = chosen.first else { return nil }
    guard program.askedStages.count > 1 else { return "replies as \(first.format.rawValue)" }
    let each = chosen.map { "\($0.stage) as \($0.format.rawValue)" }
    return "replies: " + each.joined(separator: ", ")
  }
}
