// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A user's program that scores responses: it reads a line of JSON for each and writes one back.
///
/// The lines are those of `CommandInput` and `CommandOutput`.
struct MetricProgram: Sendable {
  var words: [String]
  var seconds: Double

  /// The outcomes of responses, in their order.
  /// - Throws: ``RunError/metricCommand(command:problem:)`` when the program cannot be started, takes
  ///   too long, ends with an error or writes something else.
  func outcomes(of lines: [CommandInput]) async throws -> [Outcome] {
    let program = LineProgram(words: words, seconds: seconds)
    let output = try await program.output(for: CommandInput.lines(lines))
    do throws(CommandOutputError) {
      return try CommandOutput.outcomes(from: Data(output.utf8), ids: lines.map(\.id))
    } catch {
      throw program.problem("gave no scores: \(error)")
    }
  }
}
