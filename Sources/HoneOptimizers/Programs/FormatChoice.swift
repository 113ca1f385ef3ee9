// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The formats that a search may choose among for a stage; the first is the stage's own.
struct FormatChoice: Sendable, Hashable {
  var stage: String
  var formats: [ReplyFormat]
}

extension Program {
  /// The stages with a choice of formats, in order.
  var formatChoices: [FormatChoice] {
    stages.compactMap { stage in
      guard let call = stage.call, let formats = call.formats, formats.count > 1 else { return nil }
      let others = formats.filter { $0 != call.format }
      return FormatChoice(stage: stage.name, formats: [call.format] + others)
    }
  }
}

extension Candidate {
  /// The same prompts with formats drawn for the stages that have a choice.
  func withFormats(of program: Program, by chance: inout SeededGenerator) -> Candidate {
    let choices = program.formatChoices
    guard !choices.isEmpty else { return self }
    var prompts = prompts
    var words: [String] = []
    for choice in choices {
      let number = chance.nextIndex(below: choice.formats.count)
      prompts[choice.stage]?.format = number == 0 ? nil : choice.formats[number]
      words.append("\(choice.stage) format \(choice.formats[number].rawValue)")
    }
    var lineage = lineage
    lineage.move += ", " + words.joined(separator: ", ")
    return Candidate(prompts: prompts, lineage: lineage)
  }
}
