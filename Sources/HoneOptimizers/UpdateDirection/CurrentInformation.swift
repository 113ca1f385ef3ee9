// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a step is told of the current prompt: the descent direction of the GPO paper's analogy.
///
/// An implementer may ask a model, with the session; the two parts here do not.
public protocol CurrentInformation: Sendable {
  /// Gathers what is shown of the current prompt.
  func gather(
    on current: ScoredCandidate, step: Int, in session: any OptimizationSession
  ) async throws -> CurrentPromptFacts
}

/// What is shown of the current prompt.
public struct CurrentPromptFacts: Sendable, Hashable {
  /// The prompt's text.
  public var instruction: String
  /// Its score on dev, when it is to be shown.
  public var score: Double?

  /// Creates the facts.
  public init(instruction: String, score: Double? = nil) {
    self.instruction = instruction
    self.score = score
  }
}
