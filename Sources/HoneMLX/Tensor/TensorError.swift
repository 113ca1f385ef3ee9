// SPDX-License-Identifier: Apache-2.0

/// Why an operation on tensors could not be done.
public struct TensorError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Kind: String, Sendable, Hashable {
    /// Shapes that do not go together.
    case shape
    /// An index outside the axis it points into.
    case index
    /// More values than can be held.
    case size
    /// A value that is no number, or infinite, where a number is needed.
    case notFinite
    /// The array library failed while computing.
    case computation
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What was tried, with the shapes, what was required, and why it failed.
  public let description: String

  /// Creates an error.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
