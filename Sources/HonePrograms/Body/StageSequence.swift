// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The stages one after the other, each reading the example and all that was written before it.
public struct StageSequence: ProgramBody {
  /// Creates it.
  public init() {}

  /// Calls every stage of the program once.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    for stage in run.program.stages {
      values.merge(try await run.call(stage.name, values)) { _, new in new }
    }
    return values
  }
}
