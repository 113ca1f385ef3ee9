// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Answers to users' prompts, or to what another prompter made of them, and to what a prompter made of
/// them.
public struct PrompterEvaluation: Sendable {
  /// One prompt, with and without the prompter.
  public struct Row: Sendable, Hashable, Codable {
    /// The user's prompt.
    public var prompt: String
    /// What is compared with: the prompt itself, or what the other prompter made of it.
    public var plain: String
    /// What the prompter made of it.
    public var rewrite: String
    /// The answer to what is compared with.
    public var plainAnswer: String
    /// The answer to the rewrite.
    public var rewrittenAnswer: String

    /// Creates a row; unless another prompter wrote `plain`, it is the prompt.
    public init(
      prompt: String, plain: String? = nil, rewrite: String, plainAnswer: String,
      rewrittenAnswer: String
    ) {
      self.prompt = prompt
      self.plain = plain ?? prompt
      self.rewrite = rewrite
      self.plainAnswer = plainAnswer
      self.rewrittenAnswer = rewrittenAnswer
    }
  }

  /// A comparison of scores on the same prompts.
  public struct Scores: Sendable, Hashable, Codable {
    /// The mean without the prompter.
    public var plain: EstimatedMean
    /// The mean with it.
    public var rewritten: EstimatedMean
    /// The mean difference.
    public var difference: EstimatedMean
    /// How often the answer to the rewrite scores higher; half for equal scores.
    public var winRate: EstimatedMean
    /// The two-sided p-value of a paired permutation test.
    public var pValue: Double
  }

  /// How often a judge prefers the answer to the rewrite.
  public struct Preferences: Sendable, Hashable, Codable {
    /// The win rate with its interval; half for a draw.
    public var winRate: EstimatedMean
    /// The win rate as if answers were equally long.
    public var lengthControlled: Double
    /// Pairs on which the judge named none of the two; they do not count.
    public var unread: Int
  }

  /// How rewrites are made for an evaluation.
  public struct Drawing: Sendable, Hashable {
    /// How many rewrites of each prompt.
    public var samples: Int
    /// How freely they are drawn.
    public var sampling: RewriteSampling
    /// What they are drawn from.
    public var seed: UInt64

    /// Creates a way to draw.
    public init(samples: Int, sampling: RewriteSampling, seed: UInt64 = 0) {
      self.samples = samples
      self.sampling = sampling
      self.seed = seed
    }

    /// The likeliest rewrite of each prompt.
    public static let likeliest = Drawing(samples: 1, sampling: .greedy)
  }

  /// The prompts with their answers, the draws of a prompt one after the other.
  public let rows: [Row]
  /// How many rows a prompt has.
  ///
  /// A prompt's score is the mean of its rows', so that intervals are over prompts.
  public let samples: Int

  /// Creates an evaluation of answers at hand, with so many rows of each prompt.
  public init(rows: [Row], samples: Int = 1) {
    self.rows = rows
    self.samples = samples
  }

  /// Has prompts rewritten, and both forms answered.
  ///
  /// Costs for each prompt and sample one call of the prompter, one of the other where there is one, and
  /// as many of the answering model; without another prompter one more for each prompt.
  /// - Parameters:
  ///   - prompts: The users' prompts.
  ///   - prompter: What rewrites them.
  ///   - other: Another prompter to compare with; nil for the prompts as written.
  ///   - model: What answers.
  ///   - drawing: How many rewrites of each, and how freely they are drawn.
  ///   - maxTokens: The most tokens of an answer.
  /// - Throws: `ModelError` when a call fails.
  public init(
    _ prompts: [String], prompter: Prompter, against other: Prompter? = nil,
    answering model: any LanguageModel, drawing: Drawing = .likeliest, maxTokens: Int
  ) async throws {
    func written(_ prompter: Prompter) async throws -> [String] {
      try await prompter.rewrites(
        of: prompts, samples: drawing.samples, sampling: drawing.sampling, seed: drawing.seed
      ).flatMap(\.self)
    }
    let rewrites = try await written(prompter)
    var plain = prompts
    if let other { plain = try await written(other) }
    let requests = (plain + rewrites).map {
      GenerationRequest(input: .chat([Message(.user, $0)]), maxTokens: maxTokens)
    }
    var answers = [String](repeating: "", count: requests.count)
    for try await element in model.generate(requests) {
      answers[element.index] = try element.result.get().text
    }
    samples = drawing.samples
    rows = rewrites.indices.map { index in
      let prompt = index / drawing.samples
      let beside = other == nil ? prompt : index
      return Row(
        prompt: prompts[prompt], plain: plain[beside], rewrite: rewrites[index],
        plainAnswer: answers[beside], rewrittenAnswer: answers[plain.count + index])
    }
  }

  /// Scores both answers of every prompt by a reward; the score of a prompt is the mean of its rows.
  ///
  /// - Parameters:
  ///   - reward: What answers are scored by.
  ///   - references: Good answers, one a prompt whatever the number of its rows, or nil.
  ///   - seed: What intervals are drawn from.
  /// - Returns: Both means and their difference.
  /// - Throws: ``TrainingError`` of kind `badData` without prompts, or what the reward throws.
  public func scores(
    by reward: any Reward, references: [String?], seed: UInt64 = 0
  ) async throws -> Scores {
    func rewards(_ answer: (Row) -> (rewrite: String, text: String)) async throws -> [Double] {
      try await reward.rewards(
        of: rows.enumerated().map { index, row in
          let prompt = index / samples
          return RewardedAnswer(
            prompt: row.prompt, rewrite: answer(row).rewrite, answer: answer(row).text,
            reference: references.indices.contains(prompt) ? references[prompt] : nil)
        })
    }
    let plain = try await rewards { ($0.plain, $0.plainAnswer) }
    let rewritten = try await rewards { ($0.rewrite, $0.rewrittenAnswer) }
    let wins = zip(rewritten, plain).map { $0 > $1 ? 1 : $0 < $1 ? 0 : 0.5 }
    let differences = means(zip(rewritten, plain).map { $0 - $1 })
    guard let first = EstimatedMean.bootstrap(means(plain), seed: seed),
      let second = EstimatedMean.bootstrap(means(rewritten), seed: seed),
      let difference = EstimatedMean.bootstrap(differences, seed: seed),
      let winRate = EstimatedMean.bootstrap(means(wins), seed: seed)
    else { throw TrainingError(.badData, "There are no prompts to evaluate.") }
    return Scores(
      plain: first, rewritten: second, difference: difference, winRate: winRate,
      pValue: PermutationTest.pValue(differences: differences, seed: seed))
  }

  /// Has a judge compare both answers of every prompt, in both orders.
  ///
  /// Costs two calls of the judge for each row.
  /// - Throws: ``TrainingError`` of kind `badData` when the judge named an answer nowhere, or
  ///   `ModelError`.
  public func preferences(by judge: any LanguageModel, seed: UInt64 = 0) async throws -> Preferences
  {
    let found = try await AnswerComparison(judge: judge).preferences(
      rows.map {
        AnswerComparison.Pair(
          prompt: $0.prompt, plain: $0.plainAnswer, rewritten: $0.rewrittenAnswer)
      })
    var counted: [Double] = []
    var differences: [Double] = []
    for (row, preference) in zip(rows, found) {
      guard let preference else { continue }
      counted.append(preference)
      differences.append(Double(row.rewrittenAnswer.count - row.plainAnswer.count))
    }
    guard let rate = EstimatedMean.bootstrap(means(found), seed: seed),
      let controlled = LengthControl.winRate(preferences: counted, differences: differences)
    else {
      throw TrainingError(
        .badData, "The judge named A or B for none of \(rows.count) pairs; choose an abler judge.")
    }
    return Preferences(
      winRate: rate, lengthControlled: controlled, unread: rows.count - counted.count)
  }

  /// The mean of each prompt's values; what is nil does not count, nor a prompt without any.
  private func means(_ values: [Double?]) -> [Double] {
    stride(from: 0, to: values.count, by: samples).compactMap { start in
      let known = values[start..<min(start + samples, values.count)].compactMap { $0 }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }
}
