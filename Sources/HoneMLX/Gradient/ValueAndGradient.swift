// SPDX-License-Identifier: Apache-2.0

import CMLX

/// A function's value, its gradient, and what else it computed on the way.
public struct ValueAndGradient: Sendable {
  /// The value, one number.
  public let value: Tensor
  /// The gradient by each parameter, in the shapes of the parameters.
  public let gradient: ParameterTree
  /// The further tensors that the function returned.
  public let others: [Tensor]
}

extension ParameterTree {
  /// Computes a function of the parameters and its gradient by each of them.
  ///
  /// Nothing is computed until the results are read or evaluated, together at best. The function is
  /// called once, at once.
  /// - Parameters:
  ///   - otherCount: How many further tensors the function returns after its value.
  ///   - function: A function of these parameters; its first result is a single number.
  /// - Returns: The value, the gradient and the further tensors.
  /// - Throws: What the function throws, or ``TensorError``.
  public func valueAndGradient(
    others otherCount: Int = 0, of function: @escaping (ParameterTree) throws -> [Tensor]
  ) throws -> ValueAndGradient {
    let names = names
    let inputs = values
    guard !inputs.isEmpty else {
      throw TensorError(.shape, "There are no parameters to take a gradient by.")
    }
    let box = ClosureBox { given in
      let results = try function(ParameterTree(names: names, tensors: given))
      guard let value = results.first, value.count == 1 else {
        throw TensorError(
          .shape,
          "A gradient needs a function whose value is a single number, it gave shapes"
            + " \(results.map(\.shape)).")
      }
      return [try value.reshaped([])] + results.dropFirst()
    }
    var outputs = [cmlx_array?](repeating: nil, count: 1 + otherCount)
    var gradients = [cmlx_array?](repeating: nil, count: inputs.count)
    let status = withExtendedLifetime((inputs, box)) {
      cmlx_value_and_gradient(
        ClosureBox.entry, Unmanaged.passUnretained(box).toOpaque(), inputs.map { $0.pointer },
        Int32(inputs.count), &outputs, Int32(outputs.count), &gradients)
    }
    guard status == 0 else {
      throw box.failure ?? Tensor.failure("gradient", inputs.map(\.shape))
    }
    let results = try outputs.map { try Tensor(owning: $0, "value") }
    let slopes = try gradients.map { try Tensor(owning: $0, "gradient") }
    return ValueAndGradient(
      value: results[0], gradient: ParameterTree(names: names, tensors: slopes),
      others: Array(results.dropFirst()))
  }

  /// Computes a function of the parameters and its gradient by each of them.
  public func valueAndGradient(
    of function: @escaping (ParameterTree) throws -> Tensor
  ) throws -> ValueAndGradient {
    try valueAndGradient(others: 0) { [try function($0)] }
  }
}
