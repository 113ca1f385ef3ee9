// SPDX-License-Identifier: Apache-2.0

import CMLX
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

  /// The parameters after one update, in one pass over each of them.
  public mutating func update(
    _ parameters: ParameterTree, gradient: ParameterTree, scale: Double, learningRate: Double
  ) throws(TensorError) -> ParameterTree {
    if step == 0, means.names.isEmpty {
      means = try Self.zeros(like: parameters)
      squares = means
    }
    let numbers = cmlx_adam(
      scale: Float(scale), beta1: Float(beta1), beta2: Float(beta2),
      rate: Float(learningRate / (1 - pow(beta1, Double(step + 1)))),
      correction: Float(1 / sqrt(1 - pow(beta2, Double(step + 1)))), epsilon: Float(epsilon),
      kept: Float(1 - learningRate * weightDecay))
    var (moved, mean, square): ([Tensor], [Tensor], [Tensor]) = ([], [], [])
    for name in parameters.names {
      guard let parameter = parameters[name], let slope = gradient[name],
        let oldMean = means[name], let oldSquare = squares[name]
      else {
        throw TensorError(.shape, "There is no gradient or no moment for the parameter \(name).")
      }
      let made = try parameter.adamUpdate(
        gradient: slope, mean: oldMean, square: oldSquare, numbers)
      moved.append(made[0])
      mean.append(made[1])
      square.append(made[2])
    }
    means = ParameterTree(names: parameters.names, tensors: mean)
    squares = ParameterTree(names: parameters.names, tensors: square)
    step += 1
    return ParameterTree(names: parameters.names, tensors: moved)
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

extension Tensor {
  /// This parameter moved, its mean and its mean square.
  fileprivate func adamUpdate(
    gradient: Tensor, mean: Tensor, square: Tensor, _ numbers: cmlx_adam
  ) throws(TensorError) -> [Tensor] {
    var outputs: [cmlx_array?] = [nil, nil, nil]
    let status = cmlx_adam_update(
      pointer, gradient.pointer, mean.pointer, square.pointer, numbers, &outputs)
    guard status == 0 else { throw Self.failure("an update", [shape, gradient.shape, mean.shape]) }
    var made: [Tensor] = []
    for output in outputs { made.append(try Tensor(owning: output, "an update")) }
    return made
  }
}
