// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a search knows between steps.
struct SearchState: Sendable {
  /// The seed with its score.
  let seed: ScoredCandidate
  /// All that was tried.
  var trajectory: Trajectory
  /// Instructions that were proposed before, those turned down included.
  var seen: Set<String>
  /// The best score after each step, the seed's first.
  var bestScores: [Double]
  /// Steps in a row without a proposal that passed the guards.
  var emptySteps = 0
  /// Notes that were recorded, so that none is told twice.
  var notes: Set<String> = []

  /// Starts from a scored seed.
  init(seed: ScoredCandidate) {
    self.seed = seed
    trajectory = Trajectory(seed: seed)
    seen = [seed.instruction]
    bestScores = [seed.score]
  }

  /// The best candidate; the seed when nothing was better.
  var best: ScoredCandidate { trajectory.best ?? seed }

  /// The prompt the next step starts from; the best of a beam.
  var current: ScoredCandidate { trajectory.current ?? seed }

  /// The search's result when it ends now.
  func result(_ end: SearchEnd) -> SearchResult {
    SearchResult(
      best: best.candidate, devScore: best.score, seedDevScore: seed.score, end: end)
  }
}

/// A proposal that passed the guards.
struct AcceptedProposal: Sendable {
  /// The prompt it was made from.
  var parent: ScoredCandidate
  var proposal: Proposal
  var candidate: Candidate
}
