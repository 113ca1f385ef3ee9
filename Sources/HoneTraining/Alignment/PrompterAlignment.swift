// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama

/// Training of a prompter by the reward of what a frozen model answers to its rewrites.
///
/// Align-Pro: a rewrite is drawn from the prompter, the frozen model answers it, and the reward is
/// taken at the user's own prompt. Nothing is known of the frozen model but its answers.
public struct PrompterAlignment: Sendable {
  /// What the training asks of the world.
  public struct World: Sendable {
    /// Opens the prompter with the changes as they are now.
    public var prompter: @Sendable (LowRankAdapter) async throws -> Prompter
    /// Answers prompts, by the frozen model.
    public var answers: @Sendable ([String]) async throws -> [String]
    /// The reward of each answer at its user's prompt.
    public var reward: any Reward

    /// Creates a world.
    public init(
      prompter: @escaping @Sendable (LowRankAdapter) async throws -> Prompter,
      answers: @escaping @Sendable ([String]) async throws -> [String],
      reward: any Reward
    ) {
      self.prompter = prompter
      self.answers = answers
      self.reward = reward
    }
  }

  private let rows: [QuestionFile.Row]
  private let chat: PrompterChat
  private let vocabulary: ModelVocabulary
  private let model: DecoderModel
  private let settings: AlignmentSettings

  /// Creates a training.
  /// - Throws: ``TrainingError`` of kind `badSettings` or `badData`.
  public init(
    rows: [QuestionFile.Row], chat: PrompterChat, vocabulary: ModelVocabulary, model: DecoderModel,
    settings: AlignmentSettings
  ) throws(TrainingError) {
    try settings.check()
    guard !rows.isEmpty else { throw TrainingError(.badData, "There are no prompts.") }
    self.rows = rows
    self.chat = chat
    self.vocabulary = vocabulary
    self.model = model
    self.settings = settings
  }

  /// Trains for all rounds.
  ///
  /// A round costs `prompts` × `samples` rewrites, as many answers and rewards, and once an answer
  /// and a reward of each prompt as it is.
  /// - Parameters:
  ///   - start: The prompter to begin with, from which divergence is measured.
  ///   - world: The prompter, the frozen model and the reward.
  ///   - report: Called after every round.
  /// - Returns: The prompter of the last round.
  /// - Throws: ``TrainingError`` of kind `notFinite`, what the world throws, or `CancellationError`.
  public func run(
    from start: LowRankAdapter, in world: World, report: (AlignmentRound) -> Void
  ) async throws -> LowRankAdapter {
    var policy = try AlignmentPolicy(model: model, reference: start, settings: settings)
    var weight = DivergenceWeight(
      value: settings.divergenceWeight, target: settings.divergenceTarget)
    var plain: [Int: Double] = [:]
    for round in 0..<settings.rounds {
      try Task.checkCancellation()
      var generator = SeededGenerator(seed: settings.seed, stream: "round \(round)")
      let chosen = Array(
        Array(rows.indices).shuffled(by: &generator).prefix(settings.prompts))
      try await addPlain(chosen, to: &plain, in: world)
      var rollouts = try await self.rollouts(of: chosen, policy.adapter, round, world)
      try policy.annotate(&rollouts)
      Self.credit(&rollouts, method: settings.method, weight: weight.value)
      let told = Self.told(round + 1, rollouts, plain: plain, weight: weight.value)
      try update(&policy, with: rollouts, weight: weight.value, by: &generator)
      weight.adapt(toMeasured: told.divergence, texts: rollouts.count)
      report(told)
    }
    return policy.adapter
  }

  private func addPlain(
    _ chosen: [Int], to plain: inout [Int: Double], in world: World
  ) async throws {
    let new = chosen.filter { plain[$0] == nil }
    guard !new.isEmpty else { return }
    let answers = try await world.answers(new.map { rows[$0].prompt })
    let rewards = try await world.reward.rewards(
      of: zip(new, answers).map { rows[$0].rewarded(rewrite: rows[$0].prompt, answer: $1) })
    for (prompt, reward) in zip(new, rewards) { plain[prompt] = reward }
  }

  private func rollouts(
    of chosen: [Int], _ adapter: LowRankAdapter, _ round: Int, _ world: World
  ) async throws -> [Rollout] {
    var prompter = try await world.prompter(adapter)
    prompter.maxTokens = settings.maxTokens
    let rewrites = try await prompter.rewrites(
      of: chosen.map { rows[$0].prompt }, samples: settings.samples,
      sampling: settings.sampling, seed: settings.seed &+ UInt64(round))
    let flat = zip(chosen, rewrites).flatMap { prompt, texts in texts.map { (prompt, $0) } }
    let answers = try await world.answers(flat.map(\.1))
    let rewards = try await world.reward.rewards(
      of: zip(flat, answers).map { rows[$0.0].rewarded(rewrite: $0.1, answer: $1) })
    return try zip(flat, rewards).map { entry, reward in
      guard reward.isFinite else {
        throw TrainingError(.notFinite, "The reward of prompt \(entry.0 + 1) is \(reward).")
      }
      let sequence = try chat.sequence(
        of: PromptPair(prompt: rows[entry.0].prompt, rewrite: entry.1), in: vocabulary)
      return Rollout(prompt: entry.0, sequence: sequence, reward: reward)
    }
  }

  /// Works out how much better than expected each token was.
  static func credit(
    _ rollouts: inout [Rollout], method: AlignmentSettings.Method, weight: Double
  ) {
    for index in rollouts.indices {
      let rollout = rollouts[index]
      switch method {
      case .dpo: continue
      case .grpo:
        let group = rollouts.filter { $0.prompt == rollout.prompt }
        let place = rollouts[..<index].count { $0.prompt == rollout.prompt }
        let advantage = Float(Advantage.grouped(group.map(\.reward))[place])
        rollouts[index].advantages = rollout.then.map { _ in advantage }
      case .ppo:
        var rewards = zip(rollout.then, rollout.reference).map { -weight * Double($0 - $1) }
        if !rewards.isEmpty { rewards[rewards.count - 1] += rollout.reward }
        let values = rollout.values.map(Double.init)
        let advantages = Advantage.generalized(rewards: rewards, values: values)
        rollouts[index].advantages = advantages.map { Float($0) }
        rollouts[index].returns = zip(advantages, values).map { Float($0 + $1) }
      }
    }
    if method == .ppo { whiten(&rollouts) }
  }

  /// Measures all tokens' advantages against each other: until the value head has learnt to expect
  /// rewards, all of them would push the same way.
  private static func whiten(_ rollouts: inout [Rollout]) {
    var whitened = Advantage.grouped(rollouts.flatMap { $0.advantages.map(Double.init) })[...]
    for index in rollouts.indices {
      let count = rollouts[index].advantages.count
      rollouts[index].advantages = whitened.prefix(count).map { Float($0) }
      whitened = whitened.dropFirst(count)
    }
  }

  private func update(
    _ policy: inout AlignmentPolicy, with rollouts: [Rollout], weight: Double,
    by generator: inout SeededGenerator
  ) throws {
    for _ in 0..<settings.passes {
      var groups: [[Rollout]]
      if settings.method == .dpo {
        groups = Self.pairs(of: rollouts).shuffled(by: &generator)
      } else {
        groups = rollouts.shuffled(by: &generator).map { [$0] }
      }
      let size = max(1, settings.batchSize / (groups.first?.count ?? 1))
      while !groups.isEmpty {
        try Task.checkCancellation()
        try policy.update(with: groups.prefix(size).flatMap { $0 }, divergenceWeight: weight)
        groups.removeFirst(min(size, groups.count))
      }
    }
  }

  /// The best and the worst rewrite of each prompt, where their rewards differ.
  static func pairs(of rollouts: [Rollout]) -> [[Rollout]] {
    Set(rollouts.map(\.prompt)).sorted().compactMap { prompt in
      let group = rollouts.filter { $0.prompt == prompt }
      guard let best = group.max(by: { $0.reward < $1.reward }),
        let worst = group.min(by: { $0.reward < $1.reward }), best.reward > worst.reward
      else { return nil }
      return [best, worst]
    }
  }

  private static func told(
    _ round: Int, _ rollouts: [Rollout], plain: [Int: Double], weight: Double
  ) -> AlignmentRound {
    let count = Double(max(1, rollouts.count))
    let mean = rollouts.reduce(0) { $0 + $1.reward } / count
    let plainRewards = rollouts.map { plain[$0.prompt] ?? 0 }
    let wins = zip(rollouts, plainRewards).reduce(0.0) { sum, pair in
      sum + (pair.0.reward > pair.1 ? 1 : pair.0.reward == pair.1 ? 0.5 : 0)
    }
    return AlignmentRound(
      round: round, meanReward: mean,
      rewardVariance: rollouts.reduce(0) { $0 + ($1.reward - mean) * ($1.reward - mean) } / count,
      plainReward: plainRewards.reduce(0, +) / count, winRate: wins / count,
      divergence: rollouts.reduce(0) { $0 + $1.divergence } / count, divergenceWeight: weight)
  }
}
