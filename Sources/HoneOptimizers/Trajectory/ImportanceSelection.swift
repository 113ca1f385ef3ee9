// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The k prompts of the path with the highest scores, the best last.
public struct ImportanceSelection: TrajectorySelection {
  /// How many to show.
  public var k: Int

  /// Creates a selection of k prompts.
  public init(k: Int) {
    self.k = k
  }

  /// The k best prompts; of equals the older come first.
  public func excerpt(
    of trajectory: inout Trajectory, in session: any OptimizationSession
  ) -> TrajectoryExcerpt {
    let ranked = trajectory.path.enumerated().sorted {
      ($0.element.score, $1.offset) > ($1.element.score, $0.offset)
    }
    return TrajectoryExcerpt(
      entries: ranked.prefix(k).reversed().map(\.element),
      order: "from the lowest score to the highest")
  }
}

extension TrajectorySelection where Self == ImportanceSelection {
  /// The k prompts with the highest scores.
  public static func importance(_ k: Int) -> ImportanceSelection { ImportanceSelection(k: k) }
}
