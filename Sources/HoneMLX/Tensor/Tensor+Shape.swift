// SPDX-License-Identifier: Apache-2.0

import CMLX

extension Tensor {
  /// The same elements in another shape.
  /// - Throws: ``TensorError`` of kind `shape` when it does not hold as many.
  public func reshaped(_ shape: [Int]) throws(TensorError) -> Tensor {
    let extents = try Self.extents(shape)
    guard shape.reduce(1, *) == count else {
      throw TensorError(
        .shape,
        "A tensor of \(self.shape) has \(count) elements, shape \(shape) holds"
          + " \(shape.reduce(1, *)).")
    }
    return try Tensor(
      owning: cmlx_reshape(pointer, extents, Int32(extents.count)), "reshaping",
      [self.shape, shape])
  }

  /// The dimensions in another order.
  /// - Throws: ``TensorError`` of kind `shape` when the axes are not those of the tensor.
  public func transposed(_ axes: [Int]) throws(TensorError) -> Tensor {
    let shape = shape
    guard axes.sorted() == Array(shape.indices) else {
      throw TensorError(
        .shape, "Axes \(axes) are no order of the \(shape.count) axes of a tensor of \(shape).")
    }
    return try Tensor(
      owning: cmlx_transpose(pointer, axes.map { Int32($0) }, Int32(axes.count)), "transposing",
      [shape])
  }

  /// The last two dimensions swapped.
  public func transposed() throws(TensorError) -> Tensor {
    let dimensions = shape.count
    guard dimensions >= 2 else {
      throw TensorError(.shape, "A tensor of \(shape) has no two dimensions to swap.")
    }
    return try transposed(
      Array(0..<(dimensions - 2)) + [dimensions - 1, dimensions - 2])
  }

  /// Repeats the elements along dimensions of extent 1, and along new dimensions at the front.
  public func broadcast(to shape: [Int]) throws(TensorError) -> Tensor {
    let extents = try Self.extents(shape)
    return try Tensor(
      owning: cmlx_broadcast(pointer, extents, Int32(extents.count)), "broadcast",
      [self.shape, shape])
  }

  /// The part within a range of one axis.
  /// - Throws: ``TensorError`` of kind `index` when the range leaves the axis.
  public func part(_ range: Range<Int>, axis: Int) throws(TensorError) -> Tensor {
    let shape = shape
    let axis = try Self.place(axis, in: shape)
    guard range.lowerBound >= 0, range.upperBound <= shape[axis] else {
      throw TensorError(
        .index, "Part \(range) leaves axis \(axis) of a tensor of \(shape).")
    }
    var start = shape.map { _ in Int32(0) }
    var stop = shape.map { Int32($0) }
    start[axis] = Int32(range.lowerBound)
    stop[axis] = Int32(range.upperBound)
    return try Tensor(
      owning: cmlx_slice(pointer, start, stop, Int32(shape.count)), "part", [shape])
  }

  /// Puts tensors behind each other along an axis.
  public static func joined(_ tensors: [Tensor], axis: Int) throws(TensorError) -> Tensor {
    guard let first = tensors.first else {
      throw TensorError(.shape, "There are no tensors to join.")
    }
    let axis = try place(axis, in: first.shape)
    return try Tensor(
      owning: cmlx_concatenate(
        tensors.map { Optional($0.pointer) }, Int32(tensors.count), Int32(axis)),
      "joining", tensors.map(\.shape))
  }

  /// An axis counted from the front; negative ones count from the back.
  static func place(_ axis: Int, in shape: [Int]) throws(TensorError) -> Int {
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place) else {
      throw TensorError(.index, "A tensor of \(shape) has no axis \(axis).")
    }
    return place
  }
}
