// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Answers to users' prompts and to what a prompter made of them.
public struct PrompterEvaluation: Sendable {
  /// One prompt, with and without the prompter.
  public struct Row: Sendable, Hashable, Codable {
    /// The user's prompt.
    public var prompt: String
    /// What the prompter made of it.
    public var rewrite: String
    /// The answer to the prompt.
    public var plainAnswer: String
    /// The answer to the rewrite.
    public var rewrittenAnswer: String
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

  /// The prompts with their answers.
  public let rows: [Row]

  /// Creates an evaluation of answers at hand.
  public init(rows: [Row]) {
    self.rows = rows
  }

  /// Has prompts rewritten, and both forms answered.
  ///
  /// Costs one call of the prompter and two of the answering model for each prompt.
  /// - Throws: `ModelError` when a call fails.
  public init(
    _ prompts: [String], prompter: Prompter, answering model: any LanguageModel, maxTokens: Int
  ) async throws {
    let rewrites = try await prompter.rewrites(of: prompts).map { $0.first ?? "" }
    let requests = (prompts + rewrites).map {
      GenerationRequest(input: .chat([Message(.user, $0)]), maxTokens: maxTokens)
    }
    var answers = [String](repeating: "", count: requests.count)
    for try await element in model.generate(requests) {
      answers[element.index] = try element.result.get().text
    }
    rows = prompts.indices.map { index in
      Row(
        prompt: prompts[index], rewrite: rewrites[index], plainAnswer: answers[index],
        rewrittenAnswer: answers[prompts.count + index])
    }
  }

  /// Scores both answers of every prompt by a reward.
  ///
  /// - Parameters:
  ///   - reward: What answers are scored by.
  ///   - references: Good answers, one a prompt, or nil.
  ///   - seed: What intervals are drawn from.
  /// - Returns: Both means and their difference.
  /// - Throws: ``TrainingError`` of kind `badData` without prompts, or what the reward throws.
  public func scores(
    by reward: any Reward, references: [String?], seed: UInt64 = 0
  ) async throws -> Scores {
    func rewards(_ answer: (Row) -> (rewrite: String, text: String)) async throws -> [Double] {
      try await reward.rewards(
        of: zip(rows, references).map { row, reference in
          RewardedAnswer(
            prompt: row.prompt, rewrite: answer(row).rewrite, answer: answer(row).text,
            reference: reference)
        })
    }
    let plain = try await rewards { ($0.prompt, $0.plainAnswer) }
    let rewritten = try await rewards { ($0.rewrite, $0.rewrittenAnswer) }
    let differences = zip(rewritten, plain).map { $0 - $1 }
    guard let first = EstimatedMean.bootstrap(plain, seed: seed),
      let second = EstimatedMean.bootstrap(rewritten, seed: seed),
      let difference = EstimatedMean.bootstrap(differences, seed: seed),
      let winRate = EstimatedMean.bootstrap(
        differences.map { $0 > 0 ? 1 : $0 < 0 ? 0 : 0.5 }, seed: seed)
    else { throw TrainingError(.badData, "There are no prompts to evaluate.") }
    return Scores(
      plain: first, rewritten: second, difference: difference, winRate: winRate,
      pValue: PermutationTest.pValue(differences: differences, seed: seed))
  }

  /// Has a judge compare both answers of every prompt, in both orders.
  ///
  /// Costs two calls of the judge for each prompt.
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
    guard let rate = EstimatedMean.bootstrap(counted, seed: seed),
      let controlled = LengthControl.winRate(preferences: counted, differences: differences)
    else {
      throw TrainingError(
        .badData, "The judge named A or B for none of \(rows.count) pairs; choose an abler judge.")
    }
    return Preferences(
      winRate: rate, lengthControlled: controlled, unread: rows.count - counted.count)
  }
}
