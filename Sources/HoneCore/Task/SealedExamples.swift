// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The test split, whose answers are read only when the run's last step opens it.
///
/// The inputs may be looked at, to find rows that also stand in another split. The answers come out
/// of ``open()`` alone, which tells the observer it was created with; a test counts those calls.
public struct SealedExamples: Sendable {
  private let examples: [Example]
  private let onOpen: @Sendable () -> Void

  /// Seals the examples; `onOpen` is called each time the seal is broken.
  public init(_ examples: [Example], onOpen: @escaping @Sendable () -> Void = {}) {
    self.examples = examples
    self.onOpen = onOpen
  }

  /// The number of rows.
  public var count: Int { examples.count }

  /// The rows without their answers.
  public var inputs: [Example] {
    examples.map { Example(id: $0.id, fields: $0.fields, references: [], images: $0.images) }
  }

  /// The rows with their answers.
  ///
  /// Only the last step of a run calls this.
  public func open() -> [Example] {
    onOpen()
    return examples
  }
}

extension SealedExamples {
  /// The rows in a form to keep on disk, still sealed: the observer is not told.
  /// - Throws: `EncodingError`, which rows of text never cause.
  public func archive() throws -> Data {
    try CanonicalJSON.encode(examples)
  }

  /// Takes sealed rows back from ``archive()``.
  /// - Throws: `DecodingError` when the bytes are not such an archive.
  public init(archive: Data, onOpen: @escaping @Sendable () -> Void = {}) throws {
    self.init(try JSONDecoder().decode([Example].self, from: archive), onOpen: onOpen)
  }

  /// The same rows, with one more observer of the seal.
  public func observed(by observer: @escaping @Sendable () -> Void) -> SealedExamples {
    let first = onOpen
    return SealedExamples(examples) {
      first()
      observer()
    }
  }
}
