// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Adam with decoupled weight decay.
///
/// Ilya Loshchilov and Frank Hutter, Decoupled Weight Decay Regularization, arXiv:1711.05101,
/// algorithm 2, with the correction of both moments' bias.
public struct AdamW: GradientOptimizer {
  /// How fast the mean of gradients forgets.
  public var beta1: Double
  /// How fast the mean of squared gradients forgets.
  public var beta2: Double
  /// Added to the root of the second moment.
  public var epsilon: Double
  /// The share of a parameter that an update takes away, times the rate.
  public var weightDecay: Double
  /// How many updates were made.
  public private(set) var step = 0
  private var means = ParameterTree()
  private var squares = ParameterTree()

  /// Creates an optimizer without state.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The moments: `mean.NAME` and `square.NAME`.
  public var state: ParameterTree {
    var tensors: [String: Tensor] = [:]
    for name in means.names { tensors["mean." + name] = means[name] }
    for name in squares.names { tensors["square." + name] = squares[name] }
    return ParameterTree(tensors)
  }

  /// Takes up the moments of another.
  public mutating func restore(state: ParameterTree, step: Int) throws(TensorError) {
    means = Self.part("mean.", of: state)
    squares = Self.part("square.", of: state)
    guard means.names == squares.names else {
      throw TensorError(
        .shape, "The optimizer's state has other means than squares; it is damaged.")
    }
    self.step = step
  }

  /// The parameters after one update.
  public mutating func update(
    _ parameters: ParameterTree, gradient: ParameterTree, learningRate: Double
  ) throws(TensorError) -> ParameterTree {
    if step == 0, means.names.isEmpty {
      means = try Self.zeros(like: parameters)
      squares = means
    }
    let (beta1, beta2) = (beta1, beta2)
    let mean = try means.combined(with: gradient) { (old, new) throws(TensorError) in
      try old * Float(beta1) + new * Float(1 - beta1)
    }
    let square = try squares.combined(with: gradient) { (old, new) throws(TensorError) in
      try old * Float(beta2) + new.mapped(.square) * Float(1 - beta2)
    }
    let rate = Float(learningRate / (1 - pow(beta1, Double(step + 1))))
    let correction = Float(1 / sqrt(1 - pow(beta2, Double(step + 1))))
    let decay = Float(1 - learningRate * weightDecay)
    let epsilon = Float(epsilon)
    let moves = try mean.combined(with: square) { (mean, square) throws(TensorError) in
      try mean * rate / (square.mapped(.squareRoot) * correction + epsilon)
    }
    let updated = try parameters.combined(with: moves) { (value, move) throws(TensorError) in
      try value * decay - move
    }
    means = mean
    squares = square
    step += 1
    return updated
  }

  static func zeros(like tree: ParameterTree) throws(TensorError) -> ParameterTree {
    try tree.map { (_, tensor) throws(TensorError) in
      try Tensor(filledWith: 0, shape: tensor.shape)
    }
  }

  private static func part(_ prefix: String, of state: ParameterTree) -> ParameterTree {
    var tensors: [String: Tensor] = [:]
    for name in state.names where name.hasPrefix(prefix) {
      tensors[String(name.dropFirst(prefix.count))] = state[name]
    }
    return ParameterTree(tensors)
  }
}
