// SPDX-License-Identifier: Apache-2.0

import HoneLlama

/// What a reward model gives to answers, in deviations of the texts that it was trained on.
public struct LearnedReward: Reward {
  private let model: RewardModel
  private let vocabulary: ModelVocabulary

  /// Creates a reward of a model and its tokens.
  public init(_ model: RewardModel, vocabulary: ModelVocabulary) {
    self.model = model
    self.vocabulary = vocabulary
  }

  /// The rewards; costs one pass of the reward model over each answer.
  /// - Throws: `ModelError` for a text that cannot be expressed, ``TrainingError`` or `TensorError`.
  public func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    guard !answers.isEmpty else { return [] }
    let longest = model.model.configuration.contextLength
    let texts = try answers.map { answer in
      var text = try RewardModel.sequence(
        prompt: answer.prompt, answer: answer.answer, in: vocabulary)
      // Of a text beyond the context the end is read, where the reward is told.
      text.tokens = Array(text.tokens.suffix(longest))
      return text
    }
    return try model.rewards(of: texts)
  }
}
