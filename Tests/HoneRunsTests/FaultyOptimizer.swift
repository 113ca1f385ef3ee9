// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneTesting
import Synchronization

/// An optimizer with one thing wrong, to see that the conformance suite finds it.
struct Faulty: Optimizer {
  enum Fault: Sendable {
    case drawsElsewhere, ignoresSeed, boasts, swallows, understates
  }

  let fault: Fault
  let elsewhere = CountingSeed()
  var name: String { "faulty" }

  func cost(of facts: TaskFacts) -> SearchCost {
    let cost = WordSearch(steps: 2).cost(of: facts)
    return fault == .understates
      ? SearchCost(minimum: cost.minimum, maximum: cost.minimum) : cost
  }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    switch fault {
    case .understates: return try await WordSearch(steps: 2).optimize(in: session)
    case .boasts:
      var result = try await WordSearch(steps: 2).optimize(in: session)
      result.devScore = 1.5
      return result
    case .drawsElsewhere:
      try await session.record(.note(elsewhere.next()))
      return try await WordSearch(steps: 2).optimize(in: session)
    case .ignoresSeed:
      let seed = Candidate(seedOf: session.task.program)
      let score = try await session.evaluate([EvaluationRequest(seed, on: session.dev)]).first?
        .score
      return SearchResult(best: seed, devScore: score, seedDevScore: score, end: .finished)
    case .swallows:
      do {
        return try await WordSearch(steps: 2).optimize(in: session)
      } catch {
        return SearchResult(
          best: Candidate(seedOf: session.task.program), devScore: nil, seedDevScore: nil,
          end: .finished)
      }
    }
  }
}

/// Another text at each call.
final class CountingSeed: Sendable {
  private let value = Atomic<Int>(0)

  func next() -> String {
    "number \(value.add(1, ordering: .relaxed).newValue)"
  }
}
