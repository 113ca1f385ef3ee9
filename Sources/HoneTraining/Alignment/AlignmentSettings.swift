// SPDX-License-Identifier: Apache-2.0

/// How a prompter is aligned by reward.
public struct AlignmentSettings: Sendable, Hashable, Codable {
  /// What moves the prompter.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Clipped steps with a value head and generalized advantages.
    case ppo
    /// Clipped steps with rewards measured within each prompt's rewrites.
    case grpo
    /// The best rewrite of each prompt against the worst.
    case dpo
  }

  /// What moves the prompter.
  public var method: Method
  /// Rounds of rewrites, answers, rewards and updates.
  public var rounds: Int
  /// Prompts in a round.
  public var prompts: Int
  /// Rewrites of each prompt.
  public var samples: Int
  /// Passes over a round's rewrites.
  public var passes: Int
  /// Rewrites in an update.
  public var batchSize: Int
  /// The learning rate.
  public var learningRate: Double
  /// The largest norm of a gradient.
  public var largestNorm: Double
  /// What a nat of divergence from the beginning costs; λ in Align-Pro, β in DPO.
  public var divergenceWeight: Double
  /// The divergence to steer that cost to, in nats a rewrite; nil keeps it.
  public var divergenceTarget: Double?
  /// How far ratios of probabilities may leave 1.
  public var clip: Double
  /// How freely rewrites are drawn.
  ///
  /// The log-probabilities that are learnt from are those of the whole distribution at temperature 1,
  /// computed anew for what was drawn, as TRL does for Align-Pro.
  public var sampling: RewriteSampling
  /// The most tokens of a rewrite.
  public var maxTokens: Int
  /// What everything is drawn from.
  public var seed: UInt64

  /// Creates settings; the learning rate and the sampling are Align-Pro's.
  public init(
    method: Method = .grpo, rounds: Int = 10, prompts: Int = 8, samples: Int = 8, passes: Int = 1,
    batchSize: Int = 8, learningRate: Double = 1.41e-5, largestNorm: Double = 1,
    divergenceWeight: Double = 0.1, divergenceTarget: Double? = nil, clip: Double = 0.2,
    sampling: RewriteSampling = .alignPro, maxTokens: Int = 96, seed: UInt64 = 0
  ) {
    self.method = method
    self.rounds = rounds
    self.prompts = prompts
    self.samples = samples
    self.passes = passes
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.largestNorm = largestNorm
    self.divergenceWeight = divergenceWeight
    self.divergenceTarget = divergenceTarget
    self.clip = clip
    self.sampling = sampling
    self.maxTokens = maxTokens
    self.seed = seed
  }

  /// Checks every number.
  /// - Throws: ``TrainingError`` of kind `badSettings`.
  public func check() throws(TrainingError) {
    let counts = [rounds, prompts, passes, batchSize, maxTokens]
    let least = method == .ppo ? 1 : 2
    guard counts.allSatisfy({ $0 >= 1 }), samples >= least, learningRate > 0, learningRate < 10,
      largestNorm > 0, divergenceWeight > 0, (0..<1).contains(clip), clip > 0,
      sampling.temperature > 0
    else {
      throw TrainingError(
        .badSettings,
        "Rounds, prompts, passes, batches and tokens must be at least 1, rewrites at"
          + " least \(least) with \(method.rawValue), the learning rate, the norm, the weight of"
          + " divergence and the temperature positive, the clip between 0 and 1.")
    }
    if let problem = sampling.problem {
      throw TrainingError(.badSettings, "Rewrites cannot be drawn: \(problem).")
    }
  }
}
