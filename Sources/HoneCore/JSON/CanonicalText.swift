// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A value that writes its canonical JSON itself, the same bytes as ``CanonicalJSON/encode(_:)``.
///
/// For what is written at every call of a model, where a general encoder takes longer than all else.
public protocol CanonicallyWritten: Encodable {
  /// Appends the value to a text.
  /// - Throws: `EncodingError` for a number that is not finite.
  func write(to text: inout CanonicalText) throws
}

/// JSON text in canonical form, as it grows.
public struct CanonicalText: Sendable {
  /// The text in UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// Creates an empty text.
  public init() {
    bytes.reserveCapacity(512)
  }

  /// Appends text that is JSON already.
  public mutating func append(json: StaticString) {
    json.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Appends a value, by the encoder where it does not write itself.
  /// - Throws: `EncodingError` for a value JSON cannot hold.
  public mutating func append(_ value: some Encodable) throws {
    if let value = value as? any CanonicallyWritten {
      try value.write(to: &self)
    } else {
      append(encoded: try CanonicalJSON.encode(value))
    }
  }

  /// Appends what an encoder wrote.
  public mutating func append(encoded data: Data) {
    bytes.append(contentsOf: data)
  }

  /// Appends a text in quotation marks.
  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(utf8: $0) }
  }

  /// Appends a whole number.
  public mutating func append(_ number: some FixedWidthInteger & Sendable) {
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Appends a number.
  /// - Throws: `EncodingError` for one that is not finite.
  public mutating func append(_ number: Double) throws {
    if let whole = Int64(exactly: number), whole.magnitude < 1 << 53, whole != 0 {
      append(whole)
    } else if number == 0, number.sign == .plus {
      append(json: "0")
    } else {
      append(encoded: try CanonicalJSON.encode(number))
    }
  }

  /// Appends an array of what a function writes for each item.
  public mutating func append<Item>(
    array items: some Sequence<Item>, by write: (Item, inout CanonicalText) throws -> Void
  ) rethrows {
    append(json: "[")
    var isFirst = true
    for item in items {
      if !isFirst { append(json: ",") }
      isFirst = false
      try write(item, &self)
    }
    append(json: "]")
  }

  private mutating func append(utf8 text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var written = 0
    for (index, byte) in text.enumerated() where Self.isEscaped(byte) {
      bytes.append(contentsOf: text[written..<index])
      written = index + 1
      escape(byte)
    }
    bytes.append(contentsOf: text[written...])
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(json: #"\""#)
    case UInt8(ascii: "\\"): append(json: #"\\"#)
    case 0x08: append(json: #"\b"#)
    case 0x09: append(json: #"\t"#)
    case 0x0A: append(json: #"\n"#)
    case 0x0C: append(json: #"\f"#)
    case 0x0D: append(json: #"\r"#)
    default:
      append(json: byte < 0x10 ? #"\u000"# : #"\u001"#)
      bytes.append(contentsOf: String(byte & 0x0F, radix: 16).utf8)
    }
  }
}
