// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// Evaluates the seed on all dev rows, once, and keeps the processor time that took.
final class EvaluateOnce: Optimizer {
  private let taken = Mutex<(cpu: Double, score: Double)?>(nil)

  /// Seconds of processor time, and the score, once it is done.
  var found: (cpu: Double, score: Double)? { taken.withLock { $0 } }

  var name: String { "evaluate-once" }

  func cost(of facts: TaskFacts) -> SearchCost {
    SearchCost(minimum: facts.dev, maximum: facts.dev * facts.callsPerExample)
  }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let seed = Candidate(seedOf: session.task.program)
    let watch = Stopwatch()
    let found = try await session.evaluate([EvaluationRequest(seed, on: session.dev)])
    let cpu = watch.cpuSeconds
    if let score = found.first?.score { taken.withLock { $0 = (cpu, score) } }
    return SearchResult(
      best: seed, devScore: found.first?.score, seedDevScore: found.first?.score, end: .finished)
  }
}
