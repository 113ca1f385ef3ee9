// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore

/// One response to be scored by a metric's program.
struct CommandCall: RecordedCall {
  typealias Response = Outcome

  var command: [String]
  var line: CommandInput

  static var kind: CallKind { .command }
  /// A program may be changed between runs, so its scores are not shared; they cost no model call.
  static var isModelCall: Bool { false }

  func worstCase(_ price: TokenPrice?) -> CallEstimate { CallEstimate() }

  static func usage(of response: Outcome) -> Usage { Usage() }
}

extension RunSession {
  /// Runs the metric's program once over all trials that it has not scored before in this run.
  func commandOutcomes(_ words: [String], _ trials: [Trial]) async throws -> [Outcome] {
    let program = MetricProgram(words: words, seconds: options.commandSeconds)
    let calls = trials.map { trial in
      CommandCall(
        command: words,
        line: CommandInput(
          example: trial.example, response: trial.response, answer: trial.answer))
    }
    let scores = try await answer(
      calls, as: .judge, model: ModelIdentity(name: words.first ?? "", digest: "command"),
      send: { program.stream($0.map(\.line)) })
    return scores.map { score in
      switch score {
      case .success(let outcome): outcome
      case .failure(let error): .failed(error)
      }
    }
  }
}

extension MetricProgram {
  /// The outcomes as a batch's results; cancelling the consumer ends the program.
  func stream(_ lines: [CommandInput]) -> BatchStream<Outcome> {
    BatchStream { continuation in
      let work = Task {
        do {
          for (index, outcome) in try await outcomes(of: lines).enumerated() {
            continuation.yield(BatchElement(index: index, result: .success(outcome)))
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in work.cancel() }
    }
  }
}
