// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HonePrograms

  /// The result of better-together on the disk, and what its rounds leave.
  struct TogetherFolder: Sendable {
    let url: URL
    let name: String

    init(_ name: String, in directory: URL) throws {
      guard !name.isEmpty, name.count <= 64, !name.hasPrefix("."),
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
      else {
        throw CommandFailure.mistake(
          "“\(name)” cannot be a name: use up to 64 letters, digits, hyphens and dots")
      }
      self.name = name
      url = directory.appending(path: name, directoryHint: .isDirectory)
    }

    private var planFile: URL { url.appending(path: "plan.json") }

    /// The adapter that a round trains.
    func adapter(ofRound round: Int) -> URL { url.appending(path: "\(round)-weights.gguf") }

    /// The state of a round's training that goes on.
    func checkpoint(ofRound round: Int) -> URL { url.appending(path: "\(round)-checkpoint.gguf") }

    /// Makes the folder, or checks that it is of the same plan.
    func begin(plan: String) throws {
      if let found = try? String(contentsOf: planFile, encoding: .utf8) {
        guard found == plan else {
          throw CommandFailure.mistake(
            "\(url.path) is of another task or other settings; go on with those, or choose another "
              + "--name")
        }
        return
      }
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try Data(plan.utf8).write(to: planFile, options: .atomic)
    }

    /// Keeps what was chosen: the prompt, and the adapter if there is one.
    func keep(_ standing: TogetherStanding, adapter: URL?, of task: PromptTask) throws {
      try Data(standing.candidate.text.utf8).write(
        to: url.appending(path: "prompt.txt"), options: .atomic)
      try SavedProgram(standing.candidate, of: task).text().write(
        to: url.appending(path: "program.json"), options: .atomic)
      let place = url.appending(path: "adapter.gguf")
      try? FileManager.default.removeItem(at: place)
      if let adapter { try FileManager.default.copyItem(at: adapter, to: place) }
    }
  }
#endif
