// SPDX-License-Identifier: Apache-2.0

import CMLX

extension Tensor {
  /// The most elements that a tensor may be made with.
  public static let largestCount = 1 << 34

  /// Makes a tensor of numbers, given row by row.
  /// - Throws: ``TensorError`` of kind `shape` when the shape does not hold as many values.
  public init(_ values: [Float], shape: [Int]) throws(TensorError) {
    try self.init(of: values, shape: shape, element: .float32)
  }

  /// Makes a tensor of whole numbers, given row by row.
  /// - Throws: ``TensorError`` of kind `shape` when the shape does not hold as many values.
  public init(integers values: [Int32], shape: [Int]) throws(TensorError) {
    try self.init(of: values, shape: shape, element: .int32)
  }

  /// Makes a single number.
  public init(_ value: Float) throws(TensorError) {
    try self.init(of: [value], shape: [], element: .float32)
  }

  /// Makes a tensor filled with one number.
  public init(filledWith value: Float, shape: [Int]) throws(TensorError) {
    let extents = try Self.extents(shape)
    try self.init(
      owning: cmlx_full(value, extents, Int32(extents.count), CMLX_FLOAT32), "filling", [shape])
  }

  /// Makes a tensor from the bytes of its elements, as they lie in a file of weights.
  /// - Throws: ``TensorError`` of kind `shape` when the bytes are not as many as the shape needs.
  public init(
    bytes: UnsafeRawBufferPointer, shape: [Int], element: Element
  ) throws(TensorError) {
    let extents = try Self.extents(shape)
    let needed = shape.reduce(element.bytes, *)
    guard bytes.count == needed else {
      throw TensorError(
        .shape, "A tensor of shape \(shape) needs \(needed) bytes, given were \(bytes.count).")
    }
    try self.init(
      owning: cmlx_from_values(bytes.baseAddress, extents, Int32(extents.count), element.code),
      "making a tensor", [shape])
  }

  private init<Value>(of values: [Value], shape: [Int], element: Element) throws(TensorError) {
    let extents = try Self.extents(shape)
    guard shape.reduce(1, *) == values.count else {
      throw TensorError(
        .shape,
        "A tensor of shape \(shape) holds \(shape.reduce(1, *)) values, given were"
          + " \(values.count).")
    }
    let made = values.withUnsafeBytes {
      cmlx_from_values($0.baseAddress, extents, Int32(extents.count), element.code)
    }
    try self.init(owning: made, "making a tensor", [shape])
  }

  /// The elements as numbers, row by row; computes the tensor first.
  public func floats() throws(TensorError) -> [Float] {
    var status: Int32 = 0
    let room = count
    let values = [Float](unsafeUninitializedCapacity: room) { buffer, filled in
      status = cmlx_copy_floats(pointer, buffer.baseAddress, room)
      filled = status == 0 ? room : 0
    }
    try Self.check(status, "computing a tensor of \(shape)")
    return values
  }

  /// The elements as whole numbers, row by row; computes the tensor first.
  public func integers() throws(TensorError) -> [Int32] {
    var status: Int32 = 0
    let room = count
    let values = [Int32](unsafeUninitializedCapacity: room) { buffer, filled in
      status = cmlx_copy_integers(pointer, buffer.baseAddress, room)
      filled = status == 0 ? room : 0
    }
    try Self.check(status, "computing a tensor of \(shape)")
    return values
  }

  /// The only element; computes the tensor first.
  /// - Throws: ``TensorError`` of kind `shape` when there is not exactly one.
  public func number() throws(TensorError) -> Float {
    guard count == 1 else {
      throw TensorError(.shape, "A tensor of shape \(shape) is no single number.")
    }
    return try floats()[0]
  }

  /// The extents as the library takes them, checked.
  static func extents(_ shape: [Int]) throws(TensorError) -> [Int32] {
    var count = 1
    var extents: [Int32] = []
    for length in shape {
      guard let extent = Int32(exactly: length), extent >= 0 else {
        throw TensorError(.size, "\(length) in shape \(shape) is not within 0…\(Int32.max).")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, product <= largestCount else {
        throw TensorError(.size, "Shape \(shape) holds more than \(largestCount) values.")
      }
      count = product
      extents.append(extent)
    }
    return extents
  }
}
