// SPDX-License-Identifier: Apache-2.0

/// Why a request has no response, in kinds that a caller acts on.
public struct ModelError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// What went wrong, as far as a caller must tell.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The model file is missing, corrupt or of a kind that is not supported.
    case unusableModel
    /// The request is longer than the model's context.
    case tooLong
    /// The memory for the model's state is used up.
    case outOfMemory
    /// The request cannot be expressed for this model.
    case unsupported
    /// The call failed on the way; the same request may succeed later.
    case unavailable
    /// The model's library failed.
    case engine
  }

  /// What went wrong.
  public var kind: Kind
  /// A sentence with what was required, what was received and what to do next.
  public var message: String

  /// Creates an error.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
