// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The step's best candidate that was not current before, also when it is worse than the current.
///
/// The GPO paper's rule. It keeps the search moving; the best prompt so far is remembered apart.
public struct BestThatNeverWon: NextPrompt {
  /// Creates it.
  public init() {}

  /// The best new candidate; of equals the older.
  public func choose(from step: [ScoredCandidate], in trajectory: Trajectory) -> [ScoredCandidate] {
    let winners = Set(trajectory.path.map(\.candidate.id))
    var best: ScoredCandidate?
    for entry in step where !winners.contains(entry.candidate.id) {
      if let known = best, known.score >= entry.score { continue }
      best = entry
    }
    return best.map { [$0] } ?? []
  }
}

extension NextPrompt where Self == BestThatNeverWon {
  /// The step's best candidate that was not current before.
  public static var bestThatNeverWon: BestThatNeverWon { BestThatNeverWon() }
}
