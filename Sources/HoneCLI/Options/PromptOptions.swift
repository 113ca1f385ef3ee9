// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore

/// A prompt to use in place of the task's.
struct PromptOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A text file with the instruction, such as a run's prompt.txt.", valueName: "file"),
    completion: .file())
  var prompt: String?

  @Option(help: ArgumentHelp("The instruction itself.", valueName: "text"))
  var instruction: String?

  func validate() throws {
    if prompt != nil, instruction != nil {
      throw ValidationError("give --prompt or --instruction, not both")
    }
  }

  /// The candidate to score.
  func candidate(of task: PromptTask) throws -> Candidate {
    let seed = Candidate(seedOf: task.program)
    if let instruction { return Self.candidate(instruction, of: seed) }
    guard let prompt else { return seed }
    return Self.candidate(try PromptFile.text(at: prompt), of: seed)
  }

  static func candidate(_ instruction: String, of seed: Candidate) -> Candidate {
    seed.child(instruction: instruction, move: "given", step: 0)
  }
}

/// A text file with an instruction.
enum PromptFile {
  /// The text without the line feed that ends the file.
  static func text(at path: String) throws -> String {
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
