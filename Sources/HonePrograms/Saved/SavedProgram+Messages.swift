// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension SavedProgram {
  /// A stage's messages for an example.
  public struct StageMessages: Sendable, Hashable {
    /// The stage.
    public var stage: Stage
    /// What the model is given; fields that earlier stages will write stand in braces.
    public var input: ModelInput
  }

  /// The exact messages of each stage for the fields of an example.
  ///
  /// A field without a value, such as one that an earlier stage writes, stands in braces.
  /// - Throws: ``SavedProgramProblem``, also for a field that no stage reads.
  public func messages(
    _ fields: [String: String]
  ) throws(SavedProgramProblem) -> [StageMessages] {
    let program = try program()
    let known = Set(program.stages.flatMap(\.inputs))
    let strangers = fields.keys.sorted().filter { !known.contains($0) }
    guard strangers.isEmpty else {
      throw SavedProgramProblem(
        strangers.map {
          "no stage reads a field \"\($0)\"; there are \(known.sorted().joined(separator: ", "))"
        })
    }
    var found: [StageMessages] = []
    for stage in program.askedStages {
      do {
        found.append(
          StageMessages(stage: stage, input: try stage.preview(stage.prompt, fields)))
      } catch {
        throw SavedProgramProblem(["the stage \(stage.name): \(error)"])
      }
    }
    return found
  }
}
