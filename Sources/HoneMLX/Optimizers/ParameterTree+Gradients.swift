// SPDX-License-Identifier: Apache-2.0

import CMLX

extension ParameterTree {
  /// The square root of the sum of all squares, one number.
  public func norm() throws(TensorError) -> Tensor {
    let pointers = values.map { Optional($0.pointer) }
    let total = try Tensor(
      owning: cmlx_sum_of_squares(pointers, Int32(pointers.count)), "the norm of a gradient")
    return try total.mapped(.squareRoot)
  }

  /// The gradient scaled down so that its norm is at most a limit.
  public func clipped(toNorm limit: Double) throws(TensorError) -> ParameterTree {
    let scale = try Tensor(Float(limit)) / norm().maximum(Tensor(Float(limit)))
    return try map { (_, tensor) throws(TensorError) in try tensor * scale }
  }

  /// The sum of two gradients, each element on its own.
  public func adding(_ other: ParameterTree) throws(TensorError) -> ParameterTree {
    try combined(with: other) { (left, right) throws(TensorError) in try left + right }
  }

  /// All tensors times a number.
  public func scaled(by factor: Double) throws(TensorError) -> ParameterTree {
    try map { (_, tensor) throws(TensorError) in try tensor * Float(factor) }
  }
}
