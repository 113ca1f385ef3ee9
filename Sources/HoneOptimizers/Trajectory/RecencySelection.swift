// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The last k prompts of the path, the newest last.
public struct RecencySelection: TrajectorySelection {
  /// How many to show.
  public var k: Int

  /// Creates a selection of k prompts.
  public init(k: Int) {
    self.k = k
  }

  /// The last k prompts.
  public func excerpt(
    of trajectory: inout Trajectory, in session: any OptimizationSession
  ) -> TrajectoryExcerpt {
    TrajectoryExcerpt(
      entries: Array(trajectory.path.suffix(k)), order: "from the oldest to the newest")
  }
}

extension TrajectorySelection where Self == RecencySelection {
  /// The last k prompts.
  public static func recency(_ k: Int) -> RecencySelection { RecencySelection(k: k) }
}
