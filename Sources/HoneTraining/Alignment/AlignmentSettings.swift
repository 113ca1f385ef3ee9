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
  /// The learning rate of PPO's value head, which begins at 0 and has far to go.
  public var valueLearningRate: Double
  /// How far a round's updates may move the prompter, in nats a token; the rest of the round's
  /// updates are left out once it is passed.
  public var largestMove: Double
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
    batchSize: Int = 8, learningRate: Double = 1.41e-5,
    valueLearningRate: Double = 1e-3, largestMove: Double = 0.02, largestNorm: Double = 1,
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
    self.valueLearningRate = valueLearningRate
    self.largestMove = largestMove
    self.largestNorm = largestNorm
    self.divergenceWeight = divergenceWeight
    self.divergenceTarget = divergenceTarget
    self.clip = clip
    self.sampling = sampling
    self.maxTokens = maxTokens
    self.seed = seed
  }

  /// Checks every number.
  /// - Throws: ``TrainingError`` of kind `badSettings` that names each one out of its range.
  public func check() throws(TrainingError) {
    var problems: [String] = []
    func require(_ holds: Bool, _ words: String) {
      if !holds { problems.append(words) }
    }
    func positive(_ number: Double, _ name: String, below limit: Double = .infinity) {
      let range = limit.isFinite ? "a positive number below \(limit)" : "a positive number"
      require(number > 0 && number < limit, "\(name) is \(number), required is \(range)")
    }
    require(rounds >= 1, "rounds are \(rounds), required is at least 1")
    require(prompts >= 1, "prompts in a round are \(prompts), required is at least 1")
    let least = method == .ppo ? 1 : 2
    require(
      samples >= least,
      "rewrites of each prompt are \(samples), \(method.rawValue) needs at least \(least)")
    require(passes >= 1, "passes are \(passes), required is at least 1")
    require(batchSize >= 1, "the batch size is \(batchSize), required is at least 1")
    require(maxTokens >= 1, "the most tokens are \(maxTokens), required is at least 1")
    positive(learningRate, "the learning rate", below: 10)
    positive(valueLearningRate, "the value head's learning rate", below: 10)
    positive(largestMove, "the largest move of a round")
    positive(largestNorm, "the largest norm of a gradient")
    positive(divergenceWeight, "what a nat of divergence costs")
    if let divergenceTarget { positive(divergenceTarget, "the divergence to steer to") }
    positive(clip, "the clip", below: 1)
    positive(sampling.temperature, "the temperature")
    if let problem = sampling.problem, sampling.temperature > 0 { problems.append(problem) }
    guard problems.isEmpty else {
      throw TrainingError(.badSettings, problems.joined(separator: "; ") + ".")
    }
  }
}
