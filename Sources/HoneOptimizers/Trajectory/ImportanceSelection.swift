// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The k prompts of the path with the highest scores, the best last; or the reflections on them.
public struct ImportanceSelection: TrajectorySelection {
  /// How many to show.
  public var k: Int
  /// What to look back on.
  public var source: TrajectorySource
  /// Prompts with a score below this one are not shown, as OPRO's code does.
  public var threshold: Double

  /// Creates a selection of k.
  public init(k: Int, of source: TrajectorySource = .winners, threshold: Double = 0) {
    self.k = k
    self.source = source
    self.threshold = threshold
  }

  /// The k best; of equals the older come first.
  public func excerpt(
    of trajectory: inout Trajectory, around focus: TrajectoryFocus,
    in session: any OptimizationSession
  ) -> TrajectoryExcerpt {
    let items = trajectory.items(of: source).filter { $0.shown.prompt.score >= threshold }
    let ranked = items.enumerated().sorted {
      ($0.element.shown.prompt.score, $1.offset) > ($1.element.shown.prompt.score, $0.offset)
    }
    return TrajectoryExcerpt(
      items: ranked.prefix(k).reversed().map(\.element),
      order: "from the lowest score to the highest")
  }
}

extension TrajectorySelection where Self == ImportanceSelection {
  /// The k with the highest scores.
  public static func importance(
    _ k: Int, of source: TrajectorySource = .winners, threshold: Double = 0
  ) -> ImportanceSelection {
    ImportanceSelection(k: k, of: source, threshold: threshold)
  }
}
