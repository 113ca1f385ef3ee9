// SPDX-License-Identifier: Apache-2.0

/// What a step started from and what came of it.
public struct FinishedStep: Sendable, Hashable {
  /// The step, from 1.
  public var step: Int
  /// The prompts it started from, each with what was found wrong with it.
  public var parents: [ReflectedPrompt]
  /// The new prompts that have a score, in the order they came.
  public var scored: [ScoredCandidate]

  /// Creates the record of a step.
  public init(step: Int, parents: [ReflectedPrompt], scored: [ScoredCandidate]) {
    self.step = step
    self.parents = parents
    self.scored = scored
  }
}

/// A prompt with what was found wrong with it.
public struct ReflectedPrompt: Sendable, Hashable {
  /// The prompt and its score.
  public var prompt: ScoredCandidate
  /// What is wrong with it, in the optimizer model's words; nil when it was not asked or nothing was.
  public var reflection: String?

  /// Creates a prompt with a reflection.
  public init(_ prompt: ScoredCandidate, reflection: String? = nil) {
    self.prompt = prompt
    self.reflection = reflection
  }
}

/// A text that tells of the steps so far and is written anew as they come.
public struct RunningSummary: Sendable, Hashable {
  /// The summary; nil before the first.
  public var text: String?
  /// How many finished steps it tells of.
  public var steps: Int

  /// Creates a summary.
  public init(text: String? = nil, steps: Int = 0) {
    self.text = text
    self.steps = steps
  }
}
