// SPDX-License-Identifier: Apache-2.0

/// What a reward looks at: a user's prompt, what a prompter made of it, and what was answered.
public struct RewardedAnswer: Sendable, Hashable, Codable {
  /// The user's prompt, at which the reward is taken.
  public var prompt: String
  /// What was asked in its place; the prompt itself without a prompter.
  public var rewrite: String
  /// The answer to the rewrite.
  public var answer: String
  /// A good answer, where there is one.
  public var reference: String?

  /// Creates what is rewarded.
  public init(prompt: String, rewrite: String, answer: String, reference: String? = nil) {
    self.prompt = prompt
    self.rewrite = rewrite
    self.answer = answer
    self.reference = reference
  }
}
