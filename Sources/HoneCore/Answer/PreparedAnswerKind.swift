// SPDX-License-Identifier: Apache-2.0

/// An answer kind made ready for many responses.
///
/// It reads what ``AnswerKind`` reads. A list of labels is prepared once instead of at each call,
/// which matters where a test is made after every token.
public struct PreparedAnswerKind: Sendable {
  private let reader: any AnswerReader

  /// Prepares a kind.
  public init(_ kind: AnswerKind) {
    reader = kind.reader
  }

  /// The answer a response gives, see ``AnswerKind/read(_:)``.
  public func read(_ response: String) -> String? {
    reader.read(response)
  }

  /// Whether the answer is decided, see ``AnswerKind/isDecided(_:)``.
  public func isDecided(_ partial: String) -> Bool {
    reader.isDecided(partial)
  }
}
