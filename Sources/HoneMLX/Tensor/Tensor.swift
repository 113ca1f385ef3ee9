// SPDX-License-Identifier: Apache-2.0

import CMLX

/// An array of numbers with a shape.
///
/// A value: operations make new tensors and change none. Work is put off until values are read or
/// ``evaluate(_:)`` is called. Tensors may be used from several tasks; the library computes one
/// request at a time, with all its cores.
public struct Tensor: Sendable {
  let handle: TensorHandle

  /// The types that elements can have.
  public enum Element: Sendable, Hashable, CaseIterable {
    /// 32-bit floating point numbers, what is computed with.
    case float32
    /// 16-bit floating point numbers.
    case float16
    /// 16-bit floating point numbers with the range of 32-bit ones.
    case bfloat16
    /// Whole numbers of 32 bits, for indices.
    case int32
    /// True or false.
    case bool

    var code: cmlx_type {
      switch self {
      case .float32: CMLX_FLOAT32
      case .float16: CMLX_FLOAT16
      case .bfloat16: CMLX_BFLOAT16
      case .int32: CMLX_INT32
      case .bool: CMLX_BOOL
      }
    }

    /// The bytes that one element takes.
    public var bytes: Int {
      switch self {
      case .float32, .int32: 4
      case .float16, .bfloat16: 2
      case .bool: 1
      }
    }
  }

  /// The extent in each dimension, the slowest first; empty for a single number.
  public var shape: [Int] {
    (0..<cmlx_dimensions(pointer)).map { Int(cmlx_extent(pointer, $0)) }
  }

  /// The number of elements.
  public var count: Int { cmlx_count(pointer) }

  /// The type of the elements.
  public var element: Element {
    let code = cmlx_element_type(pointer)
    return Element.allCases.first { $0.code == code } ?? .float32
  }

  /// Computes tensors now, in one go.
  /// - Throws: ``TensorError`` of kind `computation`.
  public static func evaluate(_ tensors: [Tensor]) throws(TensorError) {
    let pointers = tensors.map { Optional($0.pointer) }
    try check(cmlx_evaluate(pointers, Int32(pointers.count)), "computing \(tensors.count) tensors")
  }

  /// The tensor with its elements in another type.
  public func converted(to element: Element) throws(TensorError) -> Tensor {
    try Tensor(owning: cmlx_convert(pointer, element.code), "conversion", [shape])
  }
}
