// SPDX-License-Identifier: Apache-2.0

import CMLX

// Operations of transformers that are computed in one pass.
extension Tensor {
  /// x · weight / √(mean x² + ε) along the last axis.
  public func rootMeanSquareNormalized(
    weight: Tensor?, epsilon: Float
  ) throws(TensorError) -> Tensor {
    try checkLast(weight, "normalization")
    return try Tensor(
      owning: cmlx_rms_norm(pointer, weight?.pointer, epsilon), "normalization",
      [shape] + [weight?.shape].compactMap { $0 })
  }

  /// (x - mean) / √(variance + ε) · weight + bias along the last axis.
  public func layerNormalized(
    weight: Tensor, bias: Tensor?, epsilon: Float
  ) throws(TensorError) -> Tensor {
    try checkLast(weight, "layer normalization")
    try checkLast(bias, "layer normalization")
    return try Tensor(
      owning: cmlx_layer_norm(pointer, weight.pointer, bias?.pointer, epsilon),
      "layer normalization", [shape, weight.shape])
  }

  /// The first `size` values of each head turned by their position.
  ///
  /// - Parameters:
  ///   - size: How many values of the last axis are turned; even.
  ///   - adjacent: Whether neighbours form pairs (GGUF files of the Llama family), or values half of
  ///     `size` apart (Hugging Face folders, and GGUF files of other families).
  ///   - base: The base of the wavelengths.
  ///   - scale: What positions are multiplied with.
  ///   - offset: The position of the first.
  /// - Returns: The same shape, `[batch, heads, length, headSize]`.
  /// - Throws: ``TensorError`` of kind `shape` for another number of dimensions or an odd size.
  public func rotated(
    size: Int, adjacent: Bool, base: Float, scale: Float = 1, offset: Int = 0
  ) throws(TensorError) -> Tensor {
    let shape = shape
    guard shape.count == 4, size > 0, size % 2 == 0, size <= shape[3] else {
      throw TensorError(
        .shape,
        "Rotating \(size) values needs [batch, heads, length, at least \(size)], the"
          + " tensor is \(shape).")
    }
    return try Tensor(
      owning: cmlx_rotary(
        pointer, Int32(size), adjacent ? 1 : 0, base, scale, Int32(clamping: offset), nil),
      "rotation", [shape])
  }

  /// The same with a wavelength of its own for each pair of values.
  /// - Parameters:
  ///   - wavelengths: `[size / 2]`: in how many positions a pair turns by one radian.
  ///   - adjacent: Whether neighbours turn together, not values half of the size apart.
  ///   - offset: The position of the first.
  /// - Returns: The tensor's shape.
  /// - Throws: ``TensorError`` of kind `shape`.
  public func rotated(
    wavelengths: Tensor, adjacent: Bool, offset: Int = 0
  ) throws(TensorError) -> Tensor {
    let (shape, pairs) = (shape, wavelengths.shape)
    guard shape.count == 4, pairs.count == 1, pairs[0] > 0, 2 * pairs[0] <= shape[3] else {
      throw TensorError(
        .shape,
        "Rotating by wavelengths \(pairs) needs [batch, heads, length, at least two values for each],"
          + " the tensor is \(shape).")
    }
    return try Tensor(
      owning: cmlx_rotary(
        pointer, Int32(2 * pairs[0]), adjacent ? 1 : 0, 0, 1, Int32(clamping: offset),
        wavelengths.pointer),
      "rotation", [shape, pairs])
  }

  /// Attention: softmax(scale · queries · keysᵀ + mask) · values.
  ///
  /// The heads of the queries are a multiple of those of keys and values, each
  /// `[batch, heads, length, headSize]`. Keys and values may begin before the queries: the last query
  /// stands where the last key does.
  /// - Parameters:
  ///   - queries: What looks.
  ///   - keys: What is looked at.
  ///   - values: What is found there.
  ///   - scale: What the scores are multiplied with.
  ///   - mask: Added to the scores, or nil to hide what lies ahead of each position.
  /// - Returns: The queries' shape.
  /// - Throws: ``TensorError`` of kind `shape`.
  public static func attention(
    queries: Tensor, keys: Tensor, values: Tensor, scale: Float, mask: Tensor? = nil
  ) throws(TensorError) -> Tensor {
    let shapes = [queries.shape, keys.shape, values.shape]
    guard shapes.allSatisfy({ $0.count == 4 }), shapes[1][1] > 0,
      shapes[0][1] % shapes[1][1] == 0, shapes[1] == shapes[2], shapes[0][2] <= shapes[1][2]
    else {
      throw TensorError(
        .shape,
        "Attention needs queries [batch, heads, length, size] and keys and values with a"
          + " divisor of the heads and at least as long; the tensors are \(shapes).")
    }
    return try Tensor(
      owning: cmlx_attention(
        queries.pointer, keys.pointer, values.pointer, scale, mask == nil ? 1 : 0, mask?.pointer),
      "attention", shapes)
  }

  /// silu(self) · other, element by element.
  public func gatedSilu(_ other: Tensor) throws(TensorError) -> Tensor {
    guard shape == other.shape else {
      throw TensorError(.shape, "A gate of \(shape) does not fit values of \(other.shape).")
    }
    return try Tensor(
      owning: cmlx_gated_silu(pointer, other.pointer), "gate", [shape, other.shape])
  }

  /// -log softmax(row)[target] of each row of `[rows, vocabulary]`: the result is `[rows]`.
  /// - Throws: ``TensorError`` of kind `index` for a target outside the vocabulary.
  public func crossEntropy(targets: [Int32]) throws(TensorError) -> Tensor {
    let shape = shape
    guard shape.count == 2, shape[0] == targets.count else {
      throw TensorError(
        .shape,
        "\(targets.count) targets need logits [\(targets.count), vocabulary], the tensor"
          + " is \(shape).")
    }
    try Self.check(targets, below: shape[1], axis: 1, of: shape)
    let places = try Tensor(integers: targets, shape: [targets.count])
    return try Tensor(
      owning: cmlx_cross_entropy(pointer, places.pointer), "cross entropy", [shape])
  }

  private func checkLast(_ vector: Tensor?, _ name: String) throws(TensorError) {
    guard let vector else { return }
    guard let last = shape.last, vector.shape == [last] else {
      throw TensorError(
        .shape,
        "The \(name) of a tensor of \(shape) needs a vector of \(shape.last ?? 0) values,"
          + " given is one of \(vector.shape).")
    }
  }
}
