// SPDX-License-Identifier: Apache-2.0

/// Which prompt the next step starts from.
///
/// An implementer is given the step's new candidates in the order they came, and the trajectory with
/// them already among the evaluated. It returns nil to stay with the current prompt.
public protocol NextPrompt: Sendable {
  /// Chooses the next current prompt.
  func choose(from step: [ScoredCandidate], in trajectory: Trajectory) -> ScoredCandidate?
}
