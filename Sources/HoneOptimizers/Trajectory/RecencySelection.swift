// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The last k prompts of the path, or the last k reflections, the newest last.
public struct RecencySelection: TrajectorySelection {
  /// How many to show.
  public var k: Int
  /// What to look back on.
  public var source: TrajectorySource

  /// Creates a selection of k.
  public init(k: Int, of source: TrajectorySource = .winners) {
    self.k = k
    self.source = source
  }

  /// The last k.
  public func excerpt(
    of trajectory: inout Trajectory, around focus: TrajectoryFocus,
    in session: any OptimizationSession
  ) -> TrajectoryExcerpt {
    TrajectoryExcerpt(
      items: trajectory.items(of: source, endingWith: focus).suffix(k),
      order: "from the oldest to the newest")
  }
}

extension TrajectorySelection where Self == RecencySelection {
  /// The last k.
  public static func recency(
    _ k: Int, of source: TrajectorySource = .winners
  ) -> RecencySelection { RecencySelection(k: k, of: source) }
}
