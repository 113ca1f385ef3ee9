// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a step is told of the current prompt: the descent direction of the GPO paper's analogy.
///
/// An implementer may evaluate the step's training rows and ask a model, with the session.
public protocol CurrentInformation: Sendable {
  /// Gathers what is shown of the current prompt; `batch` are the step's training rows.
  func gather(
    on current: ScoredCandidate, batch: [Example], step: Int, in session: any OptimizationSession
  ) async throws -> CurrentPromptFacts

  /// The most calls, over all roles, of gathering once over a batch of so many rows; 0 as a rule.
  func mostCalls(batch: Int, facts: TaskFacts) -> Int
}

extension CurrentInformation {
  /// No calls.
  public func mostCalls(batch: Int, facts: TaskFacts) -> Int { 0 }
}

/// What is shown of the current prompt.
public struct CurrentPromptFacts: Sendable, Hashable {
  /// The prompt's text.
  public var instruction: String
  /// Its score on dev, when it is to be shown.
  public var score: Double?
  /// What is wrong with it, in the optimizer model's words.
  public var reflection: String?
  /// Something the user should know, such as that nothing was wrong.
  public var note: String?

  /// Creates the facts.
  public init(
    instruction: String, score: Double? = nil, reflection: String? = nil, note: String? = nil
  ) {
    self.instruction = instruction
    self.score = score
    self.reflection = reflection
    self.note = note
  }
}
