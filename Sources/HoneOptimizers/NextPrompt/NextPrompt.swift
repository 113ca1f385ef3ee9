// SPDX-License-Identifier: Apache-2.0

/// Which prompts the next step starts from.
///
/// An implementer is given the step's new candidates that have a score on all of dev, in the order
/// they came, and the trajectory with them already among the evaluated. It returns at most ``width``
/// prompts, the best first, or none to stay with those of the step before.
public protocol NextPrompt: Sendable {
  /// The most prompts a step starts from; 1 as a rule.
  var width: Int { get }

  /// Chooses the prompts the next step starts from.
  func choose(from step: [ScoredCandidate], in trajectory: Trajectory) -> [ScoredCandidate]
}

extension NextPrompt {
  /// One prompt.
  public var width: Int { 1 }
}
