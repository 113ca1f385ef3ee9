// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// What a prompter learns for one target model: a linear layer before the head, and the head.
///
/// Everything before them stays frozen. At the beginning the layer is the identity without a bias,
/// so a prompter with a fresh adapter writes exactly what it wrote without one.
public struct TargetAdapter: Sendable {
  /// The layer's weights, `[hiddenSize, hiddenSize]`.
  public static let layerName = "layer.weight"
  /// The layer's bias, `[hiddenSize]`.
  public static let biasName = "layer.bias"
  /// The head, `[vocabulary, hiddenSize]`.
  public static let headName = "head.weight"

  /// The three tensors.
  public private(set) var parameters: ParameterTree

  /// Creates an adapter of tensors at hand.
  /// - Throws: ``TrainingError`` of kind `wrongShape` when they do not go together.
  public init(parameters: ParameterTree) throws(TrainingError) {
    guard let layer = parameters[Self.layerName]?.shape,
      let bias = parameters[Self.biasName]?.shape,
      let head = parameters[Self.headName]?.shape, bias.count == 1,
      layer == [bias[0], bias[0]], head.count == 2, head[1] == bias[0]
    else {
      throw TrainingError(
        .wrongShape,
        "An adapter for a target needs a square layer, its bias and a head; found were"
          + " \(parameters.names.map { "\($0) \(parameters[$0]?.shape ?? [])" }).")
    }
    self.parameters = parameters
  }

  /// Creates an adapter that changes nothing yet.
  public init(for model: DecoderModel) throws {
    let size = model.configuration.hiddenSize
    var identity = [Float](repeating: 0, count: size * size)
    for place in 0..<size { identity[place * size + place] = 1 }
    let head = try model.weights["output.weight"] ?? model.weights.need("token_embd.weight")
    try self.init(
      parameters: ParameterTree([
        Self.layerName: try Tensor(identity, shape: [size, size]),
        Self.biasName: try Tensor(filledWith: 0, shape: [size]), Self.headName: head,
      ]))
  }

  /// The same adapter with other tensors.
  public func replacing(_ parameters: ParameterTree) throws(TrainingError) -> TargetAdapter {
    try TargetAdapter(parameters: parameters)
  }

  /// The logits of normalized hidden states, `[rows, vocabulary]`.
  public func logits(of states: Tensor) throws -> Tensor {
    guard let layer = parameters[Self.layerName], let bias = parameters[Self.biasName],
      let head = parameters[Self.headName]
    else { return states }
    let changed = try states.linear([ChangedLinear(layer)])[0] + bias
    return try changed.linear([ChangedLinear(head)])[0]
  }

  /// The layer and the head as one: a head, and what it adds to every token's logit.
  ///
  /// head · (layer · x + bias) = (head · layer) · x + head · bias.
  public func merged() throws -> (head: Tensor, bias: [Float]) {
    guard let layer = parameters[Self.layerName], let bias = parameters[Self.biasName],
      let head = parameters[Self.headName]
    else { throw TrainingError(.missingTensor, "The adapter lacks a tensor.") }
    let column = try bias.reshaped([bias.count, 1])
    return (try head.product(with: layer), try head.product(with: column).floats())
  }
}
