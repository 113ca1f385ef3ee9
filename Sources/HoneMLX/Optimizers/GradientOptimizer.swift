// SPDX-License-Identifier: Apache-2.0

/// Moves parameters against their gradients.
///
/// A value: its state belongs to it, and `state` with the same settings restores it exactly.
public protocol GradientOptimizer: Sendable {
  /// How many updates were made.
  var step: Int { get }
  /// What is carried from update to update, by name.
  var state: ParameterTree { get }

  /// Takes up the state of another optimizer of the same settings.
  mutating func restore(state: ParameterTree, step: Int) throws(TensorError)

  /// The parameters after one update.
  ///
  /// - Parameters:
  ///   - parameters: The parameters as they are.
  ///   - gradient: The gradient by each of them.
  ///   - scale: What the gradient is multiplied with.
  ///   - learningRate: The rate of this update.
  /// - Returns: The parameters moved.
  /// - Throws: ``TensorError`` of kind `shape` when the gradient lacks a parameter.
  mutating func update(
    _ parameters: ParameterTree, gradient: ParameterTree, scale: Double, learningRate: Double
  ) throws(TensorError) -> ParameterTree
}

extension GradientOptimizer {
  /// The parameters after one update by the gradient as it is.
  public mutating func update(
    _ parameters: ParameterTree, gradient: ParameterTree, learningRate: Double
  ) throws(TensorError) -> ParameterTree {
    try update(parameters, gradient: gradient, scale: 1, learningRate: learningRate)
  }
}
