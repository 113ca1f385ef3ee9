// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama
import HoneMLX

/// A causal language model that computes hidden states, logits and their gradients.
///
/// One attention and one second part serve every family; the configuration tells them apart. All
/// weights stay as they are, what is trained comes as a ``ParameterTree`` beside them.
public struct DecoderModel: Sendable {
  /// What distinguishes the model.
  public let configuration: DecoderConfiguration
  /// Its weights.
  public let weights: DecoderWeights

  /// Creates a model and checks that it has every tensor it needs, in the right shape.
  /// - Throws: ``TrainingError`` of kind `missingTensor` or `wrongShape`.
  public init(
    _ configuration: DecoderConfiguration, weights: DecoderWeights
  ) throws(TrainingError) {
    self.configuration = configuration
    self.weights = weights
    for (name, shape) in configuration.tensorShapes(fused: weights.names) {
      let tensor = try weights.need(name)
      guard tensor.shape == shape else {
        throw TrainingError(
          .wrongShape, "Tensor \(name) is \(tensor.shape), the model needs \(shape).")
      }
    }
  }

  /// Reads a model from a GGUF file, its weights expanded to 32 bits.
  ///
  /// Takes four bytes of memory a weight.
  public init(file: URL) throws {
    let file = try WeightFile(file: file)
    let configuration = try DecoderConfiguration(file)
    try self.init(configuration, weights: DecoderWeights.reading(file))
  }

  /// The hidden states after the last block, before the last normalization.
  ///
  /// - Parameters:
  ///   - tokens: One row of token numbers a text, all of one length; padding goes to the end.
  ///   - adapter: Low-rank changes to the weights.
  ///   - recomputes: Whether the blocks keep only their input for the gradient.
  /// - Returns: `[batch · length, hiddenSize]`.
  /// - Throws: ``TrainingError`` of kind `tokenOutOfRange` or `badData`, or `TensorError`.
  public func hiddenStates(
    of tokens: [[Int32]], adapter: LowRankAdapter? = nil, recomputes: Bool = false
  ) throws -> Tensor {
    try hiddenStates(
      of: tokens.flatMap { $0 },
      RowLayout(batch: tokens.count, length: try check(tokens)), adapter, recomputes)
  }

  /// The same for a batch; what all its texts begin with is computed once.
  /// - Returns: `[rows, hiddenSize]`, in which the batch's places are counted.
  public func hiddenStates(
    of batch: TokenBatch, adapter: LowRankAdapter? = nil, recomputes: Bool = false
  ) throws -> Tensor {
    let length = try check(batch.inputs, after: batch.shared)
    return try hiddenStates(
      of: batch.shared + batch.inputs.flatMap { $0 },
      RowLayout(shared: batch.shared.count, batch: batch.inputs.count, length: length), adapter,
      recomputes)
  }

  private func hiddenStates(
    of tokens: [Int32], _ layout: RowLayout, _ adapter: LowRankAdapter?, _ recomputes: Bool
  ) throws -> Tensor {
    var states = try weights.need("token_embd.weight").taking(tokens)
    if configuration.embeddingScale != 1 { states = try states * configuration.embeddingScale }
    for block in 0..<configuration.blocks {
      let part = try DecoderBlock(model: self, block: block, layout: layout)
      if recomputes {
        states = try part.recomputed(states, adapter: adapter)
      } else {
        states = try part.output(of: states, adapter: adapter)
      }
    }
    return states
  }

  /// The last normalization of hidden states, `[rows, hiddenSize]`: what the head reads.
  public func normalized(_ states: Tensor) throws -> Tensor {
    try normalized(states, by: "output_norm")
  }

  /// The logits of normalized hidden states, `[rows, vocabulary]`.
  public func logits(of normalized: Tensor) throws -> Tensor {
    let head = try weights["output.weight"] ?? weights.need("token_embd.weight")
    let logits = try normalized.product(with: head.transposed())
    guard let bias = weights["output.bias"] else { return logits }
    return try logits + bias
  }

  /// The logits after every token, `[batch · length, vocabulary]`.
  public func logits(
    after tokens: [[Int32]], adapter: LowRankAdapter? = nil
  ) throws -> Tensor {
    try logits(of: normalized(hiddenStates(of: tokens, adapter: adapter)))
  }

  func normalized(_ states: Tensor, by name: String) throws -> Tensor {
    let weight = try weights.need(name + ".weight")
    switch configuration.normalization {
    case .rootMeanSquare:
      return try states.rootMeanSquareNormalized(
        weight: weight, epsilon: configuration.epsilon)
    case .layer:
      return try states.layerNormalized(
        weight: weight, bias: weights[name + ".bias"], epsilon: configuration.epsilon)
    }
  }

  /// Checks token numbers and gives the length of all rows after what they share.
  private func check(
    _ tokens: [[Int32]], after shared: [Int32] = []
  ) throws(TrainingError) -> Int {
    guard let length = tokens.first?.count, length > 0,
      tokens.allSatisfy({ $0.count == length })
    else {
      throw TrainingError(
        .badData,
        "Texts of \(tokens.map(\.count)) tokens were given; a batch needs at least one"
          + " text, and one length for all.")
    }
    guard shared.count + length <= configuration.contextLength else {
      throw TrainingError(
        .badData,
        "A text of \(shared.count + length) tokens does not fit into the model's context of"
          + " \(configuration.contextLength).")
    }
    for (row, line) in ([shared] + tokens).enumerated() {
      for (place, token) in line.enumerated()
      where token < 0 || Int(token) >= configuration.vocabularySize {
        throw TrainingError(
          .tokenOutOfRange,
          "Token \(token) at place \(row == 0 ? place : shared.count + place) of text"
            + " \(max(0, row - 1)) is outside the"
            + " vocabulary of \(configuration.vocabularySize) tokens.")
      }
    }
    return length
  }
}
