// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// Evaluates the seed on all dev rows, once, and keeps how long that took.
final class EvaluateOnce: Optimizer {
  private let taken = Mutex<(seconds: Double, cpu: Double)?>(nil)

  /// Seconds on the clock and of processor time, once it is done.
  var seconds: Double? { taken.withLock { $0?.seconds } }
  var cpuSeconds: Double? { taken.withLock { $0?.cpu } }

  var name: String { "evaluate-once" }

  func cost(of facts: TaskFacts) -> SearchCost {
    SearchCost(minimum: facts.dev, maximum: facts.dev)
  }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let seed = Candidate(seedOf: session.task.program)
    let watch = Stopwatch()
    let found = try await session.evaluate([EvaluationRequest(seed, on: session.dev)])
    let used = (watch.seconds, watch.cpuSeconds)
    taken.withLock { $0 = used }
    return SearchResult(
      best: seed, devScore: found.first?.score, seedDevScore: found.first?.score, end: .finished)
  }
}
