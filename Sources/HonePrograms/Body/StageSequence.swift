// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The stages one after the other, each reading the example and all that was written before it.
///
/// Stages of a module such as ReAct are called as that module does, see ``StageLoop``.
public struct StageSequence: ProgramBody {
  /// Creates it.
  public init() {}

  /// Calls every stage of the program once, and runs every module.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    var done: Set<String> = []
    for stage in run.program.stages {
      let written: [String: String]
      if let loop = run.program.loop(of: stage.name) {
        guard done.insert(loop.name).inserted else { continue }
        // What it wrote on the way, such as its turns, stays its own.
        let outputs = loop.stages.last.flatMap { run.program[$0]?.outputs } ?? []
        written = try await loop.body.run(values, in: run).filter { outputs.contains($0.key) }
      } else {
        written = try await run.call(stage.name, values)
      }
      values.merge(written) { _, new in new }
    }
    return values
  }
}
