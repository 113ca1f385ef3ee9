// SPDX-License-Identifier: Apache-2.0

import CMLX

// Element by element. Shapes are broadcast against each other, as in NumPy; those that cannot be
// throw a `TensorError` of kind `shape`.
extension Tensor {
  /// The sum.
  public static func + (left: Tensor, right: Tensor) throws(TensorError) -> Tensor {
    try left.combined(with: right, by: CMLX_ADD, "sum")
  }

  /// The difference.
  public static func - (left: Tensor, right: Tensor) throws(TensorError) -> Tensor {
    try left.combined(with: right, by: CMLX_SUBTRACT, "difference")
  }

  /// The product, element by element.
  public static func * (left: Tensor, right: Tensor) throws(TensorError) -> Tensor {
    try left.combined(with: right, by: CMLX_MULTIPLY, "product")
  }

  /// The quotient.
  public static func / (left: Tensor, right: Tensor) throws(TensorError) -> Tensor {
    try left.combined(with: right, by: CMLX_DIVIDE, "quotient")
  }

  /// The sum with a number.
  public static func + (left: Tensor, right: Float) throws(TensorError) -> Tensor {
    try left + Tensor(right)
  }

  /// The difference to a number.
  public static func - (left: Tensor, right: Float) throws(TensorError) -> Tensor {
    try left - Tensor(right)
  }

  /// The product with a number.
  public static func * (left: Tensor, right: Float) throws(TensorError) -> Tensor {
    try left * Tensor(right)
  }

  /// The quotient by a number.
  public static func / (left: Tensor, right: Float) throws(TensorError) -> Tensor {
    try left / Tensor(right)
  }

  /// The larger of each two elements.
  public func maximum(_ other: Tensor) throws(TensorError) -> Tensor {
    try combined(with: other, by: CMLX_MAXIMUM, "maximum")
  }

  /// The smaller of each two elements.
  public func minimum(_ other: Tensor) throws(TensorError) -> Tensor {
    try combined(with: other, by: CMLX_MINIMUM, "minimum")
  }

  /// Each element moved into a range.
  public func clamped(to range: ClosedRange<Float>) throws(TensorError) -> Tensor {
    try maximum(Tensor(range.lowerBound)).minimum(Tensor(range.upperBound))
  }

  /// Whether each element is less than the other's.
  public func isLess(than other: Tensor) throws(TensorError) -> Tensor {
    try combined(with: other, by: CMLX_LESS, "comparison")
  }

  /// `yes` where this tensor is true, `no` elsewhere.
  public func choosing(_ yes: Tensor, else no: Tensor) throws(TensorError) -> Tensor {
    try Tensor(
      owning: cmlx_choose(pointer, yes.pointer, no.pointer), "choice", [shape, yes.shape, no.shape])
  }

  /// The matrix product of the last two dimensions, over all others.
  public func product(with other: Tensor) throws(TensorError) -> Tensor {
    try combined(with: other, by: CMLX_MATRIX_PRODUCT, "matrix product")
  }

  /// A function of one number, applied to each element.
  public enum Function: Sendable, Hashable {
    case negative, absolute, exponential, logarithm, square, squareRoot, inverseSquareRoot
    case hyperbolicTangent, sigmoid, sine, cosine, error

    var code: cmlx_unary {
      switch self {
      case .negative: CMLX_NEGATE
      case .absolute: CMLX_ABSOLUTE
      case .exponential: CMLX_EXP
      case .logarithm: CMLX_LOG
      case .square: CMLX_SQUARE
      case .squareRoot: CMLX_SQUARE_ROOT
      case .inverseSquareRoot: CMLX_INVERSE_SQUARE_ROOT
      case .hyperbolicTangent: CMLX_TANH
      case .sigmoid: CMLX_SIGMOID
      case .sine: CMLX_SINE
      case .cosine: CMLX_COSINE
      case .error: CMLX_ERF
      }
    }
  }

  /// The function of each element.
  public func mapped(_ function: Function) throws(TensorError) -> Tensor {
    try Tensor(owning: cmlx_map(function.code, pointer), "\(function)", [shape])
  }

  /// The same values, through which no gradient passes.
  public func withoutGradient() throws(TensorError) -> Tensor {
    try Tensor(owning: cmlx_map(CMLX_STOP_GRADIENT, pointer), "constant", [shape])
  }

  private func combined(
    with other: Tensor, by operation: cmlx_binary, _ name: String
  ) throws(TensorError) -> Tensor {
    try Tensor(
      owning: cmlx_combine(operation, pointer, other.pointer), name, [shape, other.shape])
  }
}
