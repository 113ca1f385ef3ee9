// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Which earlier prompts a step looks back on: the momentum of the GPO paper's analogy.
///
/// An implementer chooses from the trajectory and returns what is to be shown, in the order shown. It
/// is asked once for each prompt a step starts from. What it embeds or sums up it keeps in the
/// trajectory.
public protocol TrajectorySelection: Sendable {
  /// Chooses what to show beside the prompt in the focus.
  func excerpt(
    of trajectory: inout Trajectory, around focus: TrajectoryFocus,
    in session: any OptimizationSession
  ) async throws -> TrajectoryExcerpt

  /// The most calls, over all roles, of a step that starts from `parents` prompts and tries so many
  /// candidates; 0 as a rule.
  func mostCalls(parents: Int, candidates: Int) -> Int
}

extension TrajectorySelection {
  /// No calls.
  public func mostCalls(parents: Int, candidates: Int) -> Int { 0 }
}

/// The prompt that a look back is for.
public struct TrajectoryFocus: Sendable, Hashable {
  /// The step, from 1.
  public var step: Int
  /// The prompt that is to be made better.
  public var current: ScoredCandidate
  /// What is wrong with it, when the step asked.
  public var reflection: String?

  /// Creates a focus.
  public init(step: Int, current: ScoredCandidate, reflection: String? = nil) {
    self.step = step
    self.current = current
    self.reflection = reflection
  }
}

/// What a step is shown of the trajectory: prompts, reflections or a summary.
public struct TrajectoryExcerpt: Sendable {
  /// The prompts in the order shown.
  public var entries: [ScoredCandidate]
  /// Reflections of earlier steps, with the prompts they are on, in the order shown.
  public var reflections: [ReflectedPrompt]
  /// A summary of the steps so far.
  public var summary: String?
  /// How the order is to be read, such as "from the lowest score to the highest".
  public var order: String
  /// Something the user should know, such as a fallback that was taken.
  public var note: String?

  /// Creates an excerpt.
  public init(
    entries: [ScoredCandidate] = [], reflections: [ReflectedPrompt] = [], summary: String? = nil,
    order: String = "", note: String? = nil
  ) {
    self.entries = entries
    self.reflections = reflections
    self.summary = summary
    self.order = order
    self.note = note
  }
}
