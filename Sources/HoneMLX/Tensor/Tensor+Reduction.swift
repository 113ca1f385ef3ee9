// SPDX-License-Identifier: Apache-2.0

import CMLX

extension Tensor {
  /// What many elements become.
  public enum Reduction: Sendable, Hashable {
    case sum, mean, maximum, minimum, logSumExp

    var code: cmlx_reduction {
      switch self {
      case .sum: CMLX_SUM
      case .mean: CMLX_MEAN
      case .maximum: CMLX_MAX
      case .minimum: CMLX_MIN
      case .logSumExp: CMLX_LOG_SUM_EXP
      }
    }
  }

  /// The elements along an axis, reduced to one.
  ///
  /// - Parameters:
  ///   - reduction: What becomes of them.
  ///   - axis: The axis; negative ones count from the back.
  ///   - keepsAxis: Whether the axis stays, with extent 1.
  /// - Returns: A tensor without the axis.
  /// - Throws: ``TensorError`` of kind `index` for an axis that is not there.
  public func reduced(
    _ reduction: Reduction, axis: Int, keepsAxis: Bool = false
  ) throws(TensorError) -> Tensor {
    let shape = shape
    let place = try Self.place(axis, in: shape)
    guard shape[place] > 0 || reduction == .sum else {
      throw TensorError(.shape, "Axis \(axis) of a tensor of \(shape) holds nothing to reduce.")
    }
    return try Tensor(
      owning: cmlx_reduce(reduction.code, pointer, [Int32(place)], 1, keepsAxis ? 1 : 0),
      "\(reduction)", [shape])
  }

  /// All elements reduced to one number.
  public func reduced(_ reduction: Reduction) throws(TensorError) -> Tensor {
    let shape = shape
    guard count > 0 || reduction == .sum else {
      throw TensorError(.shape, "A tensor of \(shape) holds nothing to reduce.")
    }
    let axes = shape.indices.map { Int32($0) }
    return try Tensor(
      owning: cmlx_reduce(reduction.code, pointer, axes, Int32(axes.count), 0), "\(reduction)",
      [shape])
  }

  /// The place of the largest element along an axis.
  public func placeOfMaximum(axis: Int) throws(TensorError) -> Tensor {
    let shape = shape
    let place = try Self.place(axis, in: shape)
    guard shape[place] > 0 else {
      throw TensorError(.shape, "Axis \(axis) of a tensor of \(shape) is empty.")
    }
    return try Tensor(owning: cmlx_argmax(pointer, Int32(place)), "place of maximum", [shape])
  }

  /// exp(x) / Σ exp(x) along an axis.
  public func softmax(axis: Int) throws(TensorError) -> Tensor {
    let shape = shape
    let place = try Self.place(axis, in: shape)
    return try Tensor(owning: cmlx_softmax(pointer, Int32(place)), "softmax", [shape])
  }

  /// log softmax along an axis.
  public func logSoftmax(axis: Int) throws(TensorError) -> Tensor {
    try self - reduced(.logSumExp, axis: axis, keepsAxis: true)
  }
}
