// SPDX-License-Identifier: Apache-2.0

/// Named tensors, in the order of their names: what is trained, or its gradients.
///
/// A name is the path of a tensor in its model, its parts joined by dots.
public struct ParameterTree: Sendable {
  private(set) var tensors: [String: Tensor]
  /// The names, sorted.
  public let names: [String]

  /// Creates a tree.
  public init(_ tensors: [String: Tensor] = [:]) {
    self.tensors = tensors
    names = tensors.keys.sorted()
  }

  /// Creates a tree of tensors in the order of sorted names, as many as there are.
  init(names: [String], tensors: [Tensor]) {
    self.names = names
    self.tensors = Dictionary(uniqueKeysWithValues: zip(names, tensors))
  }

  /// The tensor of a name.
  public subscript(name: String) -> Tensor? { tensors[name] }

  /// The tensors in the order of their names.
  public var values: [Tensor] { names.compactMap { tensors[$0] } }

  /// The number of elements in all tensors.
  public var elementCount: Int { values.reduce(0) { $0 + $1.count } }

  /// The tree with a function applied to every tensor.
  public func map(
    _ transform: (String, Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> ParameterTree {
    var results: [Tensor] = []
    for name in names {
      guard let tensor = tensors[name] else { continue }
      results.append(try transform(name, tensor))
    }
    return ParameterTree(names: names, tensors: results)
  }

  /// The tree with a function applied to its tensors and another tree's of the same names.
  /// - Throws: ``TensorError`` of kind `shape` when the other tree lacks a name.
  public func combined(
    with other: ParameterTree,
    _ transform: (Tensor, Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> ParameterTree {
    try map { (name, tensor) throws(TensorError) in
      guard let partner = other[name] else {
        throw TensorError(.shape, "There is no tensor named \(name) beside one of \(tensor.shape).")
      }
      return try transform(tensor, partner)
    }
  }

  /// The tensors of some names, those that there are.
  public func named(_ names: [String]) -> ParameterTree {
    var part: [String: Tensor] = [:]
    for name in names { part[name] = tensors[name] }
    return ParameterTree(part)
  }

  /// The tree with another's tensors added or put in place of those of the same name.
  public func merging(_ other: ParameterTree) -> ParameterTree {
    ParameterTree(tensors.merging(other.tensors) { _, new in new })
  }
}
