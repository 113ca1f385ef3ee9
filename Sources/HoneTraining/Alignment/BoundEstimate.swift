// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The terms of theorem 1 and the gap itself, estimated from samples.
///
/// Align-Pro, theorem 1; see ``AlignmentBound``. Every term is worked out for each prompt, and its
/// interval is a bootstrap over prompts. The range of the reward is that of all rewards seen. The tuned
/// model is the oracle's where there is one; without one it is the frozen model in lemma 1's closed
/// form: its answers weighted with exp(reward / λ). A text that the token limit cuts counts as what was
/// written, which can only make a distance smaller.
public struct BoundEstimate: Sendable, Hashable, Codable {
  /// What was drawn for one prompt.
  public struct Samples: Sendable, Hashable {
    /// The rewards of answers that the frozen model drew to the prompt itself.
    public var plainRewards: [Double]
    /// The rewards of answers to rewrites by the prompter that training began with, one each.
    public var startRewards: [Double]
    /// The log-probability of each of those answers at its rewrite.
    public var startLogs: [Double]
    /// The log-probability of each of those answers at the prompt itself.
    public var startLogsAtPrompt: [Double]
    /// The rewards of answers to rewrites by the aligned prompter.
    public var alignedRewards: [Double]
    /// The oracle's; nil without one.
    public var oracle: Oracle?

    /// What a model tuned by the same reward drew for the prompt.
    public struct Oracle: Sendable, Hashable {
      /// The rewards of its answers.
      public var rewards: [Double]
      /// The log-probability of each under the tuned model.
      public var logs: [Double]
      /// The log-probability of each under the frozen model.
      public var frozenLogs: [Double]

      /// Creates samples of an oracle.
      public init(rewards: [Double], logs: [Double], frozenLogs: [Double]) {
        self.rewards = rewards
        self.logs = logs
        self.frozenLogs = frozenLogs
      }
    }

    /// Creates samples.
    public init(
      plainRewards: [Double], startRewards: [Double], startLogs: [Double],
      startLogsAtPrompt: [Double], alignedRewards: [Double], oracle: Oracle? = nil
    ) {
      self.plainRewards = plainRewards
      self.startRewards = startRewards
      self.startLogs = startLogs
      self.startLogsAtPrompt = startLogsAtPrompt
      self.alignedRewards = alignedRewards
      self.oracle = oracle
    }
  }

  /// The largest reward seen less the smallest.
  public var rewardRange: Double
  /// The first term: the range times the distance of the tuned model from the frozen one.
  public var tunedTerm: EstimatedMean
  /// The second term: the range times the distance of answers to the prompt and to its rewrites.
  public var rewriteTerm: EstimatedMean
  /// The third term, which is taken away: λ times the best prompter's divergence.
  public var gain: EstimatedMean
  /// The most that the gap can be.
  public var bound: EstimatedMean
  /// The tuned model's mean reward less that of the frozen one behind the aligned prompter.
  public var gap: EstimatedMean
  /// The mean reward of the tuned model.
  public var tunedReward: EstimatedMean
  /// The mean reward behind the aligned prompter.
  public var alignedReward: EstimatedMean
  /// Whether the tuned model was trained, not taken in closed form.
  public var hasOracle: Bool

  private struct Terms {
    var tuned = 0.0
    var rewrite = 0.0
    var gain = 0.0
    var tunedReward = 0.0
    var alignedReward = 0.0
  }

  /// Works out all terms.
  /// - Parameters:
  ///   - samples: What was drawn, one entry a prompt.
  ///   - tilt: What a nat of divergence costs; λ.
  ///   - seed: What intervals are drawn from.
  /// - Throws: ``TrainingError`` of kind `badData` when a prompt has no samples of some kind.
  public init(_ samples: [Samples], tilt: RewardTilt, seed: UInt64 = 0) throws(TrainingError) {
    let complete = samples.allSatisfy { prompt in
      !prompt.plainRewards.isEmpty && !prompt.startRewards.isEmpty
        && !prompt.alignedRewards.isEmpty && prompt.startLogs.count == prompt.startRewards.count
        && prompt.startLogsAtPrompt.count == prompt.startLogs.count
        && prompt.oracle?.rewards.isEmpty != true
    }
    let all = samples.flatMap {
      $0.plainRewards + $0.startRewards + $0.alignedRewards + ($0.oracle?.rewards ?? [])
    }
    guard complete, let least = all.min(), let most = all.max() else {
      throw TrainingError(
        .badData, "The bound needs answers of every kind to each of \(samples.count) prompts.")
    }
    let range = most - least
    let terms = samples.map { Self.terms(of: $0, range: range, tilt) }
    func mean(_ value: (Terms) -> Double) -> EstimatedMean {
      EstimatedMean.bootstrap(terms.map(value), seed: seed)
        ?? EstimatedMean(mean: 0, lower: 0, upper: 0)
    }
    rewardRange = range
    tunedTerm = mean(\.tuned)
    rewriteTerm = mean(\.rewrite)
    gain = mean(\.gain)
    bound = mean { $0.tuned + $0.rewrite - $0.gain }
    gap = mean { $0.tunedReward - $0.alignedReward }
    tunedReward = mean(\.tunedReward)
    alignedReward = mean(\.alignedReward)
    hasOracle = samples.contains { $0.oracle != nil }
  }

  private static func terms(of samples: Samples, range: Double, _ tilt: RewardTilt) -> Terms {
    func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(max(1, values.count))
    }
    var terms = Terms()
    terms.alignedReward = mean(samples.alignedRewards)
    if let oracle = samples.oracle {
      terms.tuned =
        range
        * mean(AlignmentBound.totalVariationTerms(own: oracle.logs, other: oracle.frozenLogs))
      terms.tunedReward = mean(oracle.rewards)
    } else {
      let chances = tilt.chances(ofDrawn: samples.plainRewards)
      let even = chances.map { _ in 1 / Double(chances.count) }
      terms.tuned = range * AlignmentBound.totalVariation(chances, even)
      terms.tunedReward = zip(chances, samples.plainRewards).reduce(0) { $0 + $1.0 * $1.1 }
    }
    terms.rewrite =
      range
      * mean(
        AlignmentBound.totalVariationTerms(
          own: samples.startLogs, other: samples.startLogsAtPrompt))
    let chances = tilt.chances(ofDrawn: samples.startRewards)
    let even = chances.map { _ in 1 / Double(chances.count) }
    terms.gain = tilt.weight * RewardTilt.divergence(of: chances, from: even)
    return terms
  }
}
