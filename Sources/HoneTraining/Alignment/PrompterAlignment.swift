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
  private let sequence: @Sendable (String, Generation) throws -> TokenSequence
  private let model: DecoderModel
  private let settings: AlignmentSettings

  /// Creates a training.
  /// - Throws: ``TrainingError`` of kind `badSettings` or `badData`.
  public init(
    rows: [QuestionFile.Row], chat: PrompterChat, vocabulary: ModelVocabulary, model: DecoderModel,
    settings: AlignmentSettings
  ) throws(TrainingError) {
    try self.init(rows: rows, model: model, settings: settings) {
      try chat.sequence(of: $0, drawn: $1, in: vocabulary)
    }
  }

  /// Creates a training in which a function tells the tokens of a drawn rewrite.
  init(
    rows: [QuestionFile.Row], model: DecoderModel, settings: AlignmentSettings,
    sequence: @escaping @Sendable (String, Generation) throws -> TokenSequence
  ) throws(TrainingError) {
    try settings.check()
    guard !rows.isEmpty else { throw TrainingError(.badData, "There are no prompts.") }
    self.rows = rows
    self.sequence = sequence
    self.model = model
    self.settings = settings
  }

  /// The state before the first round.
  /// - Throws: `TensorError`.
  public func beginning(from start: LowRankAdapter) throws -> AlignmentState {
    try AlignmentState(from: start, model: model, settings: settings)
  }

  /// Trains for all rounds.
  ///
  /// A round costs `prompts` × `samples` rewrites, as many answers and rewards, and once an answer
  /// and a reward of each prompt as it is. A training that goes on from a saved state ends as one
  /// that was not interrupted.
  /// - Parameters:
  ///   - start: The prompter to begin with, from which divergence is measured.
  ///   - state: Where to go on; the beginning unless given.
  ///   - world: The prompter, the frozen model and the reward.
  ///   - save: Called after every round.
  ///   - tell: Called before each part of a round.
  ///   - report: Called after every round.
  /// - Returns: The prompter of the last round.
  /// - Throws: ``TrainingError`` of kind `notFinite`, what the world and `save` throw, or
  ///   `CancellationError`.
  public func run(
    from start: LowRankAdapter, state: AlignmentState? = nil, in world: World,
    save: (AlignmentState) throws -> Void = { _ in }, tell: (AlignmentStage) -> Void = { _ in },
    report: (AlignmentRound) -> Void
  ) async throws -> LowRankAdapter {
    var policy = AlignmentPolicy(
      model: model, reference: start, settings: settings,
      state: try state ?? beginning(from: start))
    while policy.state.counters.rounds.count < settings.rounds {
      try Task.checkCancellation()
      var counters = policy.state.counters
      let round = counters.rounds.count
      var generator = SeededGenerator(seed: settings.seed, stream: "round \(round)")
      let chosen = Array(
        Array(rows.indices).shuffled(by: &generator).prefix(settings.prompts))
      try await addPlain(chosen, to: &counters.plain, in: world)
      var rollouts = try await self.rollouts(of: chosen, policy.adapter, round, world, tell)
      tell(AlignmentStage(round: round + 1, part: .reading, count: rollouts.count))
      try policy.annotate(&rollouts)
      let weight = counters.weight.value
      RolloutCredit.assign(to: &rollouts, method: settings.method, divergenceWeight: weight)
      var told = Self.told(round + 1, rollouts, plain: counters.plain, weight: weight)
      (told.moved, told.updates) = try update(
        &policy, with: rollouts, weight: weight, by: &generator
      ) { tell(AlignmentStage(round: round + 1, part: .updating, count: $0)) }
      counters.weight.adapt(toMeasured: told.divergence, texts: rollouts.count)
      counters.rounds.append(told)
      counters.updates = policy.state.counters.updates
      policy.end(counters)
      report(told)
      try save(policy.state)
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
    of chosen: [Int], _ adapter: LowRankAdapter, _ round: Int, _ world: World,
    _ tell: (AlignmentStage) -> Void
  ) async throws -> [Rollout] {
    let count = chosen.count * settings.samples
    tell(AlignmentStage(round: round + 1, part: .drawing, count: count))
    var prompter = try await world.prompter(adapter)
    prompter.maxTokens = settings.maxTokens
    let draws = try await prompter.draws(
      of: chosen.map { rows[$0].prompt }, samples: settings.samples,
      sampling: settings.sampling, seed: settings.seed &+ UInt64(round), scoresTokens: true)
    let flat = zip(chosen, draws).flatMap { prompt, drawn in drawn.map { (prompt, $0) } }
    let rewrites = flat.map { Prompter.used($1.text, for: rows[$0].prompt) }
    tell(AlignmentStage(round: round + 1, part: .answering, count: count))
    let answers = try await world.answers(rewrites)
    tell(AlignmentStage(round: round + 1, part: .rewarding, count: count))
    let rewards = try await world.reward.rewards(
      of: flat.indices.map {
        rows[flat[$0].0].rewarded(rewrite: rewrites[$0], answer: answers[$0])
      })
    return try zip(flat, rewards).map { entry, reward in
      guard reward.isFinite else {
        throw TrainingError(.notFinite, "The reward of prompt \(entry.0 + 1) is \(reward).")
      }
      // What was drawn, not what was made of it.
      return Rollout(
        prompt: entry.0, sequence: try sequence(rows[entry.0].prompt, entry.1), reward: reward)
    }
  }

  /// Makes a round's updates, until one moved the prompter too far.
  /// - Returns: How far they moved it, in nats a token, as the last one found, and how many were made.
  private func update(
    _ policy: inout AlignmentPolicy, with rollouts: [Rollout], weight: Double,
    by generator: inout SeededGenerator, tell: (Int) -> Void
  ) throws -> (moved: Double, updates: Int) {
    var moved = 0.0
    var updates = 0
    for _ in 0..<settings.passes {
      var groups: [[Rollout]]
      if settings.method == .dpo {
        groups = RolloutCredit.pairs(of: rollouts).shuffled(by: &generator)
      } else {
        groups = rollouts.filter { $0.sequence.targetCount > 0 }
          .shuffled(by: &generator).map { [$0] }
      }
      let size = max(1, settings.batchSize / (groups.first?.count ?? 1))
      while !groups.isEmpty {
        try Task.checkCancellation()
        tell(updates + 1)
        let step = try policy.update(
          with: groups.prefix(size).flatMap { $0 }, divergenceWeight: weight)
        moved = max(moved, step.moved)
        guard step.isMade else { return (moved, updates) }
        updates += 1
        groups.removeFirst(min(size, groups.count))
      }
    }
    return (moved, updates)
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
