// SPDX-License-Identifier: Apache-2.0

/// One rewrite with what is known of it, ready to learn from.
struct Rollout: Sendable {
  /// Which of the round's prompts it is of.
  var prompt: Int
  /// Its tokens after those of the chat.
  var sequence: TokenSequence
  /// The reward of the answer, taken at the user's prompt.
  var reward: Double
  /// What it counts in comparisons.
  var weight: Float = 1
  /// The log-probability of each of its tokens when it was drawn.
  var then: [Float] = []
  /// The same under the prompter that training began with.
  var reference: [Float] = []
  /// What the value head expected before each token.
  var values: [Float] = []
  /// How much better each token was than expected.
  var advantages: [Float] = []
  /// What was to be expected before each token.
  var returns: [Float] = []

  /// The divergence spent on it, as its tokens tell, in nats.
  var divergence: Double {
    zip(then, reference).reduce(0) { $0 + Double($1.0 - $1.1) }
  }
}

/// How a round of alignment went.
public struct AlignmentRound: Sendable, Hashable, Codable {
  /// The round, from 1.
  public var round: Int
  /// The mean reward of rewrites.
  public var meanReward: Double
  /// The variance of those rewards.
  public var rewardVariance: Double
  /// The mean reward of the prompts as they were written.
  public var plainReward: Double
  /// How often a rewrite is rewarded more than its prompt; half for equal rewards.
  public var winRate: Double
  /// The mean divergence from the beginning, in nats a rewrite.
  public var divergence: Double
  /// What a nat of it costs now.
  public var divergenceWeight: Double
  /// How far the round's updates moved the prompter, in nats a token.
  public var moved: Double = 0
  /// The updates made; fewer than planned when the prompter moved too far.
  public var updates: Int = 0
}
