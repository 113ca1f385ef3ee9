// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What is known between rounds.
struct RoundState: Sendable {
  /// The seed.
  let seed: Candidate
  /// All evaluations on dev, by candidate, in the order they came.
  private(set) var evaluations: [Evaluation] = []
  /// All candidates by id.
  private(set) var candidates: [String: Candidate]
  /// The best so far; the seed when nothing is better.
  private(set) var best: Candidate
  /// Its score.
  private(set) var bestScore: Double?
  /// The seed's score.
  private(set) var seedScore: Double?
  /// Set by a round that can make nothing new, nor can any after it.
  var isExhausted = false

  init(seed: Candidate) {
    self.seed = seed
    best = seed
    candidates = [seed.id: seed]
  }

  /// The evaluation of a candidate on dev.
  func evaluation(of id: String) -> Evaluation? { evaluations.last { $0.candidate == id } }

  /// Records candidates that are new and turns down those that were scored; one that was admitted and
  /// not scored yet passes again.
  mutating func admit(
    _ made: [Candidate], step: Int, in session: any OptimizationSession
  ) async throws -> [Candidate] {
    var new: [Candidate] = []
    for candidate in made {
      let isKnown = candidates[candidate.id] != nil
      if isKnown, evaluation(of: candidate.id) == nil, candidate.id != seed.id {
        new.append(candidate)
        continue
      }
      guard !isKnown else {
        try await session.record(
          .rejected(
            text: candidate.text, reason: .duplicate, move: candidate.lineage.move, step: step))
        continue
      }
      candidates[candidate.id] = candidate
      new.append(candidate)
      try await session.record(.proposed(candidate, step: step))
    }
    return new
  }

  /// Scores candidates on all of dev in one batch; those of too little coverage count for nothing.
  mutating func score(
    _ new: [Candidate], step: Int, in session: any OptimizationSession
  ) async throws -> [Evaluation] {
    guard !new.isEmpty else { return [] }
    let found = try await session.evaluate(
      new.map { EvaluationRequest($0, on: session.dev) })
    for (candidate, evaluation) in zip(new, found) {
      try await session.record(
        .evaluated(
          candidate: candidate.id, split: .dev, score: evaluation.score,
          examples: evaluation.results.count, step: step))
      take(evaluation, of: candidate)
    }
    return found
  }

  private mutating func take(_ evaluation: Evaluation, of candidate: Candidate) {
    evaluations.append(evaluation)
    if candidate.id == seed.id {
      seedScore = evaluation.score
      bestScore = evaluation.score
      return
    }
    guard let score = evaluation.score, evaluation.coverage >= SelectedCandidate.leastCoverage,
      score > bestScore ?? -.infinity
    else { return }
    best = candidate
    bestScore = score
  }

  /// The search's result when it ends now.
  func result(_ end: SearchEnd) -> SearchResult {
    SearchResult(best: best, devScore: bestScore, seedDevScore: seedScore, end: end)
  }
}
