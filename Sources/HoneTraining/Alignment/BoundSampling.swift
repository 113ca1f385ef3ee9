// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Draws what the terms of theorem 1 are estimated from, on models as they are.
public struct BoundSampling: Sendable {
  /// The models and the reward.
  public struct World: Sendable {
    /// The frozen model.
    public var frozen: any LikelihoodModel
    /// The same model tuned by the reward; nil without an oracle.
    public var oracle: (any LikelihoodModel)?
    /// The prompter that training began with.
    public var start: Prompter
    /// The prompter that training came to.
    public var aligned: Prompter
    /// What answers are worth.
    public var reward: any Reward

    /// Creates a world.
    public init(
      frozen: any LikelihoodModel, oracle: (any LikelihoodModel)?, start: Prompter,
      aligned: Prompter, reward: any Reward
    ) {
      self.frozen = frozen
      self.oracle = oracle
      self.start = start
      self.aligned = aligned
      self.reward = reward
    }
  }

  private let samples: Int
  private let maxTokens: Int
  private let seed: UInt64

  /// Creates a sampling of so many answers of each kind to a prompt.
  public init(samples: Int, maxTokens: Int, seed: UInt64 = 0) {
    self.samples = max(1, samples)
    self.maxTokens = maxTokens
    self.seed = seed
  }

  /// Draws for every prompt.
  ///
  /// Rewrites and answers are drawn at temperature 1 from whole distributions, as the theorem has it.
  /// Costs for each prompt `samples` rewrites by both prompters, three times as many answers (four with
  /// an oracle) with their rewards, and the likelihoods of a third of them twice.
  /// - Throws: What the models or the reward throws.
  public func samples(
    of rows: [QuestionFile.Row], in world: World
  ) async throws -> [BoundEstimate.Samples] {
    let plain = try await answers(
      rows.map { Array(repeating: $0.prompt, count: samples) }, world.frozen)
    let starts = try await rewrites(rows, world.start)
    let startAnswers = try await answers(starts, world.frozen)
    let aligned = try await rewrites(rows, world.aligned)
    let alignedAnswers = try await answers(aligned, world.frozen)
    let prompts = rows.map { row in Array(repeating: row.prompt, count: samples) }
    let own = try await logs(of: startAnswers, at: starts, world.frozen)
    let atPrompt = try await logs(of: startAnswers, at: prompts, world.frozen)
    let plainRewards = try await rewards(rows, prompts, plain, world.reward)
    let startRewards = try await rewards(rows, starts, startAnswers, world.reward)
    let alignedRewards = try await rewards(rows, aligned, alignedAnswers, world.reward)
    var oracle: [BoundEstimate.Samples.Oracle] = []
    if let tuned = world.oracle {
      let texts = try await answers(prompts, tuned)
      let rewards = try await rewards(rows, prompts, texts, world.reward)
      let logs = try await logs(of: texts, at: prompts, tuned)
      let frozen = try await self.logs(of: texts, at: prompts, world.frozen)
      oracle = rows.indices.map {
        BoundEstimate.Samples.Oracle(rewards: rewards[$0], logs: logs[$0], frozenLogs: frozen[$0])
      }
    }
    return rows.indices.map { row in
      BoundEstimate.Samples(
        plainRewards: plainRewards[row], startRewards: startRewards[row], startLogs: own[row],
        startLogsAtPrompt: atPrompt[row], alignedRewards: alignedRewards[row],
        oracle: oracle.isEmpty ? nil : oracle[row])
    }
  }

  private func rewrites(
    _ rows: [QuestionFile.Row], _ prompter: Prompter
  ) async throws -> [[String]] {
    var prompter = prompter
    prompter.maxTokens = maxTokens
    return try await prompter.rewrites(
      of: rows.map(\.prompt), samples: samples, sampling: RewriteSampling(temperature: 1),
      seed: seed)
  }

  private func answers(
    _ prompts: [[String]], _ model: any LanguageModel
  ) async throws -> [[String]] {
    let requests = prompts.flatMap { group in
      group.enumerated().map { sample, prompt in
        GenerationRequest(
          input: .chat([Message(.user, prompt)]), maxTokens: maxTokens, temperature: 1, seed: seed,
          sampleIndex: sample)
      }
    }
    var texts = [String](repeating: "", count: requests.count)
    for try await element in model.generate(requests) {
      texts[element.index] = try element.result.get().text
    }
    return grouped(texts)
  }

  private func logs(
    of answers: [[String]], at prompts: [[String]], _ model: any LikelihoodModel
  ) async throws -> [[Double]] {
    let requests = zip(answers.flatMap { $0 }, prompts.flatMap { $0 }).map { answer, prompt in
      LikelihoodRequest(input: .chat([Message(.user, prompt)]), continuations: [answer])
    }
    // An answer without a token is as likely as can be before its end.
    let asked = requests.indices.filter { !requests[$0].continuations[0].isEmpty }
    var logs = [Double](repeating: 0, count: requests.count)
    for try await element in model.likelihoods(asked.map { requests[$0] }) {
      logs[asked[element.index]] =
        try element.result.get().continuations.first?.logProbability ?? 0
    }
    return grouped(logs)
  }

  private func rewards(
    _ rows: [QuestionFile.Row], _ asked: [[String]], _ answers: [[String]], _ reward: any Reward
  ) async throws -> [[Double]] {
    let rewarded = rows.indices.flatMap { row in
      zip(asked[row], answers[row]).map { rows[row].rewarded(rewrite: $0, answer: $1) }
    }
    return grouped(try await reward.rewards(of: rewarded))
  }

  private func grouped<Value>(_ values: [Value]) -> [[Value]] {
    stride(from: 0, to: values.count, by: samples).map {
      Array(values[$0..<min($0 + samples, values.count)])
    }
  }
}
