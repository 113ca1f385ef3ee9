// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The best few of the step's new prompts, also when those before were better.
///
/// A beam that never goes back; PE2 (Ye and others, arXiv:2311.05661) without its backtracking.
public struct BeamOfNewest: NextPrompt {
  /// The most prompts kept.
  public var width: Int

  /// Creates a beam, at least 1 wide.
  public init(width: Int) {
    self.width = max(1, width)
  }

  /// The best new ones, by score; a tie keeps the older.
  public func choose(from step: [ScoredCandidate], in trajectory: Trajectory) -> [ScoredCandidate] {
    let ranked = step.enumerated().sorted {
      ($0.element.score, $1.offset) > ($1.element.score, $0.offset)
    }
    return ranked.prefix(width).map(\.element)
  }
}
