// SPDX-License-Identifier: Apache-2.0

import CMLX

/// A linear layer's weights, and a low-rank change to them.
public struct ChangedLinear: Sendable {
  /// The weights W, `[outputs, inputs]`.
  public let weight: Tensor
  /// A, `[rank, inputs]`, and B, `[outputs, rank]`; nil where the layer stays as it is.
  public let change: (a: Tensor, b: Tensor)?

  /// Creates a layer.
  public init(_ weight: Tensor, change: (a: Tensor, b: Tensor)? = nil) {
    self.weight = weight
    self.change = change
  }

  fileprivate var shapes: [[Int]] {
    [weight.shape] + (change.map { [$0.a.shape, $0.b.shape] } ?? [])
  }

  fileprivate func fits(_ inputs: Int) -> Bool {
    guard weight.shape.count == 2, weight.shape[1] == inputs else { return false }
    guard let change else { return true }
    let (a, b) = (change.a.shape, change.b.shape)
    return a.count == 2 && b.count == 2 && a[0] > 0 && a[1] == inputs && b[1] == a[0]
      && b[0] == weight.shape[0]
  }
}

extension Tensor {
  /// The outputs of linear layers that read this input, `[rows, inputs]`.
  ///
  /// Each is input · Wᵀ + scale · (input · Aᵀ) · Bᵀ; W + scale · B · A is never made. Layers of one
  /// input go together, so that the gradient by the input is summed up while it is computed.
  /// - Parameters:
  ///   - layers: The layers.
  ///   - scale: What the changes are multiplied with.
  /// - Returns: One `[rows, outputs]` a layer.
  /// - Throws: ``TensorError`` of kind `shape`.
  public func linear(
    _ layers: [ChangedLinear], scale: Float = 1
  ) throws(TensorError) -> [Tensor] {
    let shape = shape
    guard shape.count == 2, layers.allSatisfy({ $0.fits(shape[1]) }) else {
      throw TensorError(
        .shape,
        "Linear layers [outputs, inputs] with changes [rank, inputs] and [outputs, rank] do not fit"
          + " an input of \(shape); theirs are \(layers.map(\.shapes)).")
    }
    var outputs = [cmlx_array?](repeating: nil, count: layers.count)
    let status = cmlx_changed_linear(
      pointer, layers.map { Optional($0.weight.pointer) }, layers.map { $0.change?.a.pointer },
      layers.map { $0.change?.b.pointer }, Int32(layers.count), scale, &outputs)
    guard status == 0 else { throw Self.failure("linear layers", [shape]) }
    var made: [Tensor] = []
    for output in outputs { made.append(try Tensor(owning: output, "a linear layer")) }
    return made
  }
}
