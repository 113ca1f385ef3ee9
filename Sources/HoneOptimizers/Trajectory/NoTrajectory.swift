// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// No look back.
public struct NoTrajectory: TrajectorySelection {
  /// Creates it.
  public init() {}

  /// Nothing.
  public func excerpt(
    of trajectory: inout Trajectory, around focus: TrajectoryFocus,
    in session: any OptimizationSession
  ) -> TrajectoryExcerpt {
    TrajectoryExcerpt()
  }
}

extension TrajectorySelection where Self == NoTrajectory {
  /// No look back.
  public static var none: NoTrajectory { NoTrajectory() }
}
