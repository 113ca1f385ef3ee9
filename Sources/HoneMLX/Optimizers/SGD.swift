// SPDX-License-Identifier: Apache-2.0

/// Plain gradient descent, with momentum if wanted.
public struct SGD: GradientOptimizer {
  /// The share of the last move that goes into the next.
  public var momentum: Double
  /// How many updates were made.
  public private(set) var step = 0
  /// The last moves, by the parameters' names; empty without momentum.
  public private(set) var state = ParameterTree()

  /// Creates an optimizer without state.
  public init(momentum: Double = 0) {
    self.momentum = momentum
  }

  /// Takes up the moves of another.
  public mutating func restore(state: ParameterTree, step: Int) throws(TensorError) {
    self.state = state
    self.step = step
  }

  /// The parameters after one update.
  public mutating func update(
    _ parameters: ParameterTree, gradient: ParameterTree, scale: Double, learningRate: Double
  ) throws(TensorError) -> ParameterTree {
    let gradient = scale == 1 ? gradient : try gradient.scaled(by: scale)
    var moves = gradient
    if momentum > 0 {
      let momentum = Float(momentum)
      if !state.names.isEmpty {
        moves = try state.combined(with: gradient) { (old, new) throws(TensorError) in
          try old * momentum + new
        }
      }
      state = moves
    }
    let rate = Float(learningRate)
    let updated = try parameters.combined(with: moves) { (value, move) throws(TensorError) in
      try value - move * rate
    }
    step += 1
    return updated
  }
}
