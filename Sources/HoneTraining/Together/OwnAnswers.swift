// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama

/// A program's own right answers, as texts to tune its model on.
///
/// Dilara Soylu et al., Fine-Tuning and Prompt Optimization: Two Great Steps that Work Better Together,
/// arXiv:2407.10930: the weights are tuned on what the program itself answered rightly to its training
/// rows under its present prompt. Equal answers to a row count once.
public struct OwnAnswers: Sendable, Hashable {
  /// The texts of each row that was answered rightly at least once.
  public private(set) var rows: [[TokenSequence]] = []
  /// The training rows that were tried.
  public private(set) var tried = 0

  /// Creates an empty collection.
  public init() {}

  /// All texts.
  public var texts: [TokenSequence] { rows.flatMap { $0 } }

  /// Takes the right answers of evaluations.
  ///
  /// - Parameters:
  ///   - evaluations: Evaluations of one candidate on the same rows.
  ///   - examples: These rows.
  ///   - prompt: The candidate's prompt.
  ///   - stage: The task's only stage.
  ///   - least: The least score of a right answer.
  ///   - longest: The most tokens of a text; longer ones are left out.
  ///   - vocabulary: The model's tokens.
  /// - Throws: `SlotTemplateError` when a row does not fit the prompt, or `ModelError`.
  public mutating func add(
    _ evaluations: [Evaluation], of examples: [Example], prompt: Prompt, stage: Stage,
    least: Double, longest: Int, vocabulary: ModelVocabulary
  ) throws {
    tried += examples.count
    for (index, example) in examples.enumerated() {
      let results = evaluations.compactMap { evaluation in
        evaluation.results.indices.contains(index) ? evaluation.results[index] : nil
      }
      let right = results.filter { ($0.outcome.value ?? -1) >= least && !$0.response.isEmpty }
      var seen: Set<String> = []
      let answers = right.map(\.response).filter { seen.insert($0).inserted }
      guard !answers.isEmpty else { continue }
      let given = try vocabulary.tokens(of: stage.input(prompt, example.fields))
      let texts = try answers.map { answer in
        let written =
          try vocabulary.tokens(ofResponse: Self.continuation(answer, of: prompt))
          + [vocabulary.endToken]
        return TokenSequence(tokens: given + written, promptCount: given.count)
      }.filter { $0.tokens.count <= longest }
      if !texts.isEmpty { rows.append(texts) }
    }
  }

  /// An answer as it goes on from its prompt: after a blank in a text that does not end with one.
  private static func continuation(_ answer: String, of prompt: Prompt) -> String {
    guard case .raw(let template) = prompt.layout, template.source.last?.isWhitespace != true,
      answer.first?.isWhitespace != true
    else { return answer }
    return " " + answer
  }

  /// The texts with a share of the rows set aside to measure on.
  /// - Throws: ``TrainingError`` of kind `badData` when too few rows were answered rightly.
  public func data(validationShare: Double, seed: UInt64) throws(TrainingError) -> TrainingData {
    guard rows.count >= 4 else {
      throw TrainingError(
        .badData,
        "Of \(tried) training rows \(rows.count) were answered rightly, at least 4 are needed to tune"
          + " on; begin with a round of prompts, draw more samples, or give more training rows.")
    }
    var generator = SeededGenerator(seed: seed, stream: "own answers")
    let drawn = rows.shuffled(by: &generator)
    let share = min(max(0, validationShare), 0.5)
    let count = share == 0 ? 0 : max(1, Int((Double(drawn.count) * share).rounded()))
    return TrainingData(
      training: Array(drawn.dropFirst(count).joined()),
      validation: Array(drawn.prefix(count).joined()))
  }
}
