// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Which earlier prompts a step looks back on: the momentum of the GPO paper's analogy.
///
/// An implementer chooses from the trajectory's path, whose last entry is the current prompt, and
/// returns the entries in the order they are to be shown.
public protocol TrajectorySelection: Sendable {
  /// Chooses the entries to show; a part that embeds texts keeps the vectors in the trajectory.
  func excerpt(
    of trajectory: inout Trajectory, in session: any OptimizationSession
  ) async throws -> TrajectoryExcerpt
}

/// What a step is shown of the trajectory.
public struct TrajectoryExcerpt: Sendable {
  /// The entries in the order shown.
  public var entries: [ScoredCandidate]
  /// How the order is to be read, such as "from the lowest score to the highest".
  public var order: String
  /// Something the user should know, such as a fallback that was taken.
  public var note: String?

  /// Creates an excerpt.
  public init(entries: [ScoredCandidate] = [], order: String = "", note: String? = nil) {
    self.entries = entries
    self.order = order
    self.note = note
  }
}
