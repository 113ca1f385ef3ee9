// SPDX-License-Identifier: Apache-2.0

import CMLX

// Places are given as numbers of this process, so that they are checked before the library, which
// reads beyond its memory on a wrong one, sees them.
extension Tensor {
  /// Slices along an axis, in the order of their places.
  ///
  /// The result has the places' number in the axis's stead.
  /// - Throws: ``TensorError`` of kind `index` for a place outside the axis.
  public func taking(_ places: [Int32], axis: Int = 0) throws(TensorError) -> Tensor {
    let shape = shape
    let axis = try Self.place(axis, in: shape)
    try Self.check(places, below: shape[axis], axis: axis, of: shape)
    let indices = try Tensor(integers: places, shape: [places.count])
    return try Tensor(
      owning: cmlx_take(pointer, indices.pointer, Int32(axis)), "taking", [shape, [places.count]])
  }

  /// One element of each row of `[rows, columns]`: the result is `[rows]`.
  /// - Throws: ``TensorError`` of kind `index` for a place outside the columns.
  public func takingOnePerRow(_ places: [Int32]) throws(TensorError) -> Tensor {
    let shape = shape
    guard shape.count == 2, shape[0] == places.count else {
      throw TensorError(
        .shape, "One of each row needs [\(places.count), columns], the tensor is \(shape).")
    }
    try Self.check(places, below: shape[1], axis: 1, of: shape)
    let indices = try Tensor(integers: places, shape: [places.count, 1])
    let taken = try Tensor(
      owning: cmlx_take_along(pointer, indices.pointer, 1), "taking", [shape, [places.count, 1]])
    return try taken.reshaped([places.count])
  }

  static func check(
    _ places: [Int32], below end: Int, axis: Int, of shape: [Int]
  ) throws(TensorError) {
    for (position, place) in places.enumerated() where place < 0 || Int(place) >= end {
      throw TensorError(
        .index,
        "Index \(place) at position \(position) is outside 0..<\(end), axis \(axis) of a"
          + " tensor of \(shape).")
    }
  }
}
