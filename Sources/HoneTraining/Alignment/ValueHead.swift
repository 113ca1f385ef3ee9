// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// The part of PPO that expects rewards: a linear function of what the model knows before each token.
///
/// It reads states of length 1, so that what an update moves it by does not depend on the model, and it
/// has an optimizer and a learning rate of its own: it begins at 0, while the prompter begins near
/// where it is to end.
struct ValueHead: Sendable {
  private static let weight = "value.weight"
  private static let bias = "value.bias"

  private(set) var parameters: ParameterTree
  private(set) var optimizer = AdamW(weightDecay: 0)

  /// Creates a head that expects nothing.
  init(hiddenSize: Int) throws {
    parameters = ParameterTree([
      Self.weight: try Tensor(filledWith: 0, shape: [1, hiddenSize]),
      Self.bias: try Tensor(filledWith: 0, shape: [1]),
    ])
  }

  /// Takes up a saved head.
  init(parameters: ParameterTree, optimizer: AdamW) {
    self.parameters = parameters
    self.optimizer = optimizer
  }

  /// What is expected at states, `[rows, hiddenSize]`, by the weights in a tree; nil when it has none.
  static func values(of states: Tensor, by tree: ParameterTree) throws -> Tensor? {
    guard let weight = tree[weight], let bias = tree[bias] else { return nil }
    let rows = states.shape[0]
    // The head learns from the states, it does not shape them.
    let states = try states.withoutGradient()
    let square = try states.mapped(.square).reduced(.sum, axis: 1).reshaped([rows, 1])
    let unit = try states / (square + 1e-12).mapped(.squareRoot)
    return try (unit.product(with: weight.transposed()) + bias).reshaped([rows])
  }

  /// Makes one update.
  mutating func update(gradient: ParameterTree, learningRate: Double) throws {
    parameters = try optimizer.update(
      parameters, gradient: gradient, scale: 1, learningRate: learningRate)
  }
}
