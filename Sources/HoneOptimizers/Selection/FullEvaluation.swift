// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Scores every candidate on all of dev, in one batch.
///
/// Cost: dev rows × calls an example for each candidate that is new.
public struct FullEvaluation: CandidateSelection {
  /// Creates it.
  public init() {}

  /// Scores all and ranks them.
  public func select(
    _ candidates: [Candidate], keeping count: Int, step: Int, in session: any OptimizationSession
  ) async throws -> [SelectedCandidate] {
    guard !candidates.isEmpty else { return [] }
    let evaluations = try await session.evaluate(
      candidates.map { EvaluationRequest($0, on: session.dev) })
    for evaluation in evaluations {
      try await session.record(
        .evaluated(
          candidate: evaluation.candidate, split: .dev, score: evaluation.score,
          examples: evaluation.results.count, step: step))
    }
    return zip(candidates, evaluations)
      .map { SelectedCandidate($0, $1, dev: session.dev.count) }
      .ranked()
  }

  /// All of dev for each.
  public func mostCalls(candidates: Int, facts: TaskFacts) -> Int {
    candidates * facts.dev * facts.callsPerExample
  }
}

extension CandidateSelection where Self == FullEvaluation {
  /// All of dev for every candidate.
  public static var full: FullEvaluation { FullEvaluation() }
}
