// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The best prompter for a reward without training: rewrites are drawn, rewarded, and drawn again.
///
/// Align-Pro, lemma 1: among rewrites that the prompter draws, one chosen with weights
/// exp(reward / λ) is, for many draws, a draw from the prompter that trades reward for divergence best.
public struct TiltedPrompter: Sendable {
  /// The rewrites of one prompt with their rewards.
  public struct Draws: Sendable, Hashable {
    /// The user's prompt.
    public var prompt: String
    /// The rewrites, one a draw.
    public var rewrites: [String]
    /// The reward of the answer to each.
    public var rewards: [Double]
    /// The weight with which each is chosen; all add up to 1.
    public var chances: [Double]
    /// The one that was chosen.
    public var chosen: Int

    /// How many draws of even weight are as good as these.
    public var effectiveCount: Double { RewardTilt.effectiveCount(chances) }
    /// The mean reward of the prompter as it is.
    public var meanReward: Double {
      rewards.reduce(0, +) / Double(max(1, rewards.count))
    }
    /// The expected reward of the chosen rewrite.
    public var tiltedReward: Double { zip(chances, rewards).reduce(0) { $0 + $1.0 * $1.1 } }
    /// The divergence that choosing spends, in nats, as the draws tell it.
    public var divergence: Double {
      RewardTilt.divergence(
        of: chances, from: chances.map { _ in 1 / Double(max(1, chances.count)) })
    }
  }

  private let tilt: RewardTilt
  private let samples: Int
  private let sampling: RewriteSampling
  private let seed: UInt64

  /// Creates a prompter.
  /// - Parameters:
  ///   - tilt: What a nat of divergence costs.
  ///   - samples: Rewrites of each prompt.
  ///   - sampling: How they are drawn; the lemma is on draws from the whole distribution.
  ///   - seed: What everything is drawn from.
  /// - Throws: ``TrainingError`` of kind `badSettings`.
  public init(
    tilt: RewardTilt, samples: Int, sampling: RewriteSampling = RewriteSampling(temperature: 1),
    seed: UInt64 = 0
  ) throws(TrainingError) {
    guard samples >= 2 else {
      throw TrainingError(
        .badSettings, "\(samples) rewrites were asked for; choosing needs at least 2.")
    }
    if let problem = sampling.problem {
      throw TrainingError(.badSettings, "Rewrites cannot be drawn: \(problem).")
    }
    self.tilt = tilt
    self.samples = samples
    self.sampling = sampling
    self.seed = seed
  }

  /// Draws rewrites of prompts, has them answered and rewarded, and chooses one of each prompt.
  ///
  /// Costs `samples` rewrites, answers and rewards a prompt.
  /// - Throws: What the prompter, the answers or the reward throws.
  public func draws(
    of rows: [QuestionFile.Row], prompter: Prompter,
    answers: @Sendable ([String]) async throws -> [String], reward: any Reward
  ) async throws -> [Draws] {
    let rewrites = try await prompter.rewrites(
      of: rows.map(\.prompt), samples: samples, sampling: sampling, seed: seed)
    let texts = try await answers(rewrites.flatMap { $0 })
    let rewarded = rows.indices.flatMap { row in
      rewrites[row].enumerated().map { place, rewrite in
        rows[row].rewarded(rewrite: rewrite, answer: texts[row * samples + place])
      }
    }
    let rewards = try await reward.rewards(of: rewarded)
    return rows.indices.map { row in
      let own = Array(rewards[(row * samples)..<((row + 1) * samples)])
      let chances = tilt.chances(ofDrawn: own)
      var generator = SeededGenerator(seed: seed, stream: "choice \(row)")
      let chosen = [Double].drawnIndex(weights: chances, by: &generator) ?? 0
      return Draws(
        prompt: rows[row].prompt, rewrites: rewrites[row], rewards: own, chances: chances,
        chosen: chosen)
    }
  }
}
