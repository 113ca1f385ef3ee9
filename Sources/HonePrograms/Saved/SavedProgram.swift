// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A program with the prompts that a search found, as one readable JSON file.
///
/// It holds what the messages depend on and nothing of the run: signature, module, format, instruction
/// and demonstrations of each stage. Loaded into the same declaration it gives the same messages.
public struct SavedProgram: Sendable, Hashable, Codable {
  /// The version of the file's form.
  public static let currentVersion = 1

  /// The version of the file's form.
  public var version: Int
  /// The task it was made for.
  public var task: String
  /// The fields of an example.
  public var inputs: [String]
  /// The stages in the order they run.
  public var stages: [SavedStage]

  /// Creates the file of a candidate.
  public init(_ candidate: Candidate, of task: PromptTask) {
    version = Self.currentVersion
    self.task = task.name
    inputs = task.inputFields
    stages = task.program.stages.map { stage in
      SavedStage(stage, prompt: candidate.prompts[stage.name] ?? stage.prompt)
    }
  }

  /// The text of the file.
  /// - Throws: `EncodingError` for a temperature that is not finite.
  public func text() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The program as it stands in the file.
  /// - Throws: ``SavedProgramProblem`` for a stage that cannot be.
  public func program() throws(SavedProgramProblem) -> Program {
    var result: [Stage] = []
    for (index, stage) in stages.enumerated() {
      do {
        result.append(try stage.stage())
      } catch {
        throw SavedProgramProblem(["stages[\(index)] (\(stage.name)): \(error)"])
      }
    }
    guard !result.isEmpty else { throw SavedProgramProblem(["there is no stage in it"]) }
    return Program(stages: result)
  }
}
