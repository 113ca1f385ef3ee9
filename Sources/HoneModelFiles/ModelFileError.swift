// SPDX-License-Identifier: Apache-2.0

/// Why a model file could not be fetched, kept or read, in kinds that a caller acts on.
public struct ModelFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, as far as a caller must tell.
  public enum Kind: String, Sendable, Hashable {
    /// The name cannot be one of a model, or is taken.
    case badName
    /// No model of that name is known or installed.
    case unknownModel
    /// The model's terms were not accepted.
    case termsNotAccepted
    /// A program that is needed, such as Python's pip, is missing.
    case missingProgram
    /// The network or the place asked is out of reach; it may work later.
    case unreachable
    /// What was asked for does not exist there, or is not open to the asker.
    case notFound
    /// A file's SHA-256 is not the required one.
    case wrongHash
    /// The file is not a complete GGUF file of a version that can be read.
    case badFile
    /// The disk refused to read or write.
    case disk
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
