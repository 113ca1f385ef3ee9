// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama
import HoneMLX

/// A language model with a head that tells how much an answer would be preferred.
///
/// The head reads the normalized state at the token that ends the answer. By Bradley and Terry's model
/// the chance that one answer is preferred to another follows from the difference of their rewards.
public struct RewardModel: Sendable {
  /// The name of the head's weights, `[1, hiddenSize]`.
  static let headName = "head.weight"

  /// The language model.
  public let model: DecoderModel
  /// Low-rank changes of it; nil for a head alone.
  public let adapter: LowRankAdapter?
  /// The head, `[1, hiddenSize]`.
  public let head: Tensor
  /// The mean of what the head gave to the texts it was trained on.
  public let center: Double
  /// Their deviation.
  public let spread: Double

  /// Creates a reward model of its parts.
  /// - Throws: ``TrainingError`` of kind `wrongShape` or `badCheckpoint` when they do not go together.
  public init(
    model: DecoderModel, adapter: LowRankAdapter?, head: Tensor, center: Double = 0,
    spread: Double = 1
  ) throws(TrainingError) {
    let size = model.configuration.hiddenSize
    guard head.shape == [1, size] else {
      throw TrainingError(
        .wrongShape, "A head of rewards is \(head.shape), the model needs [1, \(size)].")
    }
    guard spread > 0, spread.isFinite, center.isFinite else {
      throw TrainingError(
        .badCheckpoint, "Rewards around \(center) with the deviation \(spread) cannot be.")
    }
    self.model = model
    self.adapter = adapter
    self.head = head
    self.center = center
    self.spread = spread
  }

  /// The rewards of texts, in deviations from the mean of those trained on.
  public func rewards(of texts: [TokenSequence], batchSize: Int = 8) throws -> [Double] {
    let states = try Self.states(of: texts, model: model, adapter: adapter, batchSize: batchSize)
    return try states.product(with: head.transposed()).floats().map {
      (Double($0) - center) / spread
    }
  }

  /// A question and an answer as tokens, the one that ends the answer last.
  /// - Throws: `ModelError` when the vocabulary cannot express them.
  public static func sequence(
    prompt: String, answer: String, in vocabulary: ModelVocabulary
  ) throws(ModelError) -> TokenSequence {
    let asked = try vocabulary.tokens(of: .chat([Message(.user, prompt)]))
    let answered = try vocabulary.tokens(ofResponse: answer) + [vocabulary.endToken]
    return TokenSequence(tokens: asked + answered, promptCount: asked.count)
  }

  /// The normalized states at the last token of texts, `[texts, hiddenSize]`, computed at once.
  static func states(
    of texts: [TokenSequence], model: DecoderModel, adapter: LowRankAdapter?, batchSize: Int
  ) throws -> Tensor {
    // Texts of similar length go together, so that little is padded.
    let order = texts.indices.sorted { texts[$0].tokens.count < texts[$1].tokens.count }
    var rows: [Tensor] = []
    for start in stride(from: 0, to: order.count, by: max(1, batchSize)) {
      try Task.checkCancellation()
      let part = order[start..<min(start + max(1, batchSize), order.count)].map { texts[$0] }
      let state = try lastStates(of: part, model: model, adapter: adapter)
      // Computed now, so that what lies before is freed.
      try Tensor.evaluate([state])
      rows.append(state)
    }
    guard !rows.isEmpty else { throw TrainingError(.badData, "There are no texts to reward.") }
    var places = [Int32](repeating: 0, count: texts.count)
    for (row, index) in order.enumerated() { places[index] = Int32(row) }
    return try Tensor.joined(rows, axis: 0).taking(places)
  }

  /// The same of one batch, for gradients.
  static func lastStates(
    of texts: [TokenSequence], model: DecoderModel, adapter: LowRankAdapter?
  ) throws -> Tensor {
    let length = max(1, texts.map(\.tokens.count).max() ?? 1)
    let inputs = texts.map { $0.tokens + [Int32](repeating: 0, count: length - $0.tokens.count) }
    let places = texts.enumerated().map { row, text in
      Int32(row * length + max(1, text.tokens.count) - 1)
    }
    let states = try model.hiddenStates(of: inputs, adapter: adapter)
    return try model.normalized(states.taking(places))
  }
}
