// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama

/// Texts to train on, and texts that only measure how well that goes.
public struct TrainingData: Sendable {
  /// Texts to train on.
  public var training: [TokenSequence]
  /// Texts to measure on.
  public var validation: [TokenSequence]
  /// How many pairs were left out as too long.
  public var leftOut: Int

  /// Creates data.
  public init(training: [TokenSequence], validation: [TokenSequence], leftOut: Int = 0) {
    self.training = training
    self.validation = validation
    self.leftOut = leftOut
  }

  /// Turns pairs into tokens and sets a share of them aside.
  ///
  /// Pairs of one prompt go to one side, so that no prompt is measured that was trained on.
  /// - Parameters:
  ///   - pairs: The pairs.
  ///   - chat: How the prompter is asked.
  ///   - vocabulary: The model's tokens.
  ///   - longest: The most tokens of a text; longer ones are left out.
  ///   - validationShare: The share set aside, 0…0.5.
  ///   - seed: What the choice is drawn from.
  /// - Throws: ``TrainingError`` of kind `badData` when too few are left, or `ModelError`.
  public init(
    pairs: [PromptPair], chat: PrompterChat, vocabulary: ModelVocabulary, longest: Int,
    validationShare: Double, seed: UInt64
  ) throws {
    var groups: [[TokenSequence]] = []
    var groupOfPrompt: [String: Int] = [:]
    var leftOut = 0
    for pair in pairs {
      let sequence = try chat.sequence(of: pair, in: vocabulary)
      guard sequence.tokens.count <= longest else {
        leftOut += 1
        continue
      }
      if let group = groupOfPrompt[pair.prompt] {
        groups[group].append(sequence)
      } else {
        groupOfPrompt[pair.prompt] = groups.count
        groups.append([sequence])
      }
    }
    var generator = SeededGenerator(seed: seed, stream: "validation")
    let drawn = groups.shuffled(by: &generator)
    let share = min(max(0, validationShare), 0.5)
    let count = share == 0 ? 0 : max(1, Int((Double(drawn.count) * share).rounded()))
    guard drawn.count > count else {
      let aside = count > 0 ? " and \(count) to set aside" : ""
      let long = leftOut > 0 ? " Pairs longer than \(longest) tokens: \(leftOut)." : ""
      throw TrainingError(
        .badData,
        "Training needs at least 1 prompt to train on\(aside); the pairs that can be used have"
          + " \(drawn.count).\(long)")
    }
    self.init(
      training: Array(drawn.dropFirst(count).joined()),
      validation: Array(drawn.prefix(count).joined()), leftOut: leftOut)
  }
}
