// SPDX-License-Identifier: Apache-2.0

import Foundation

/// JSON documents inside other text.
package enum JSONDocument {
  /// The value of a text that is one JSON document, or nil.
  package static func parse(_ text: String) -> JSONValue? {
    // Foundation answers a text without one with an error that is costly to make.
    guard text.utf8.contains(where: { $0 > 32 }) else { return nil }
    return try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  /// A value as canonical JSON text, or nil when JSON cannot hold it.
  package static func canonical(_ value: JSONValue) -> String? {
    (try? CanonicalJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A text as it is, and any other value as canonical JSON.
  package static func plainText(_ value: JSONValue) -> String {
    if case .string(let text) = value { return text.trimmed }
    return canonical(value) ?? ""
  }

  /// The parts of a text from a bracket that opens an object or array to the one that closes it, in
  /// order, none inside another; at most 16 openings that never close are tried, and none after the
  /// first of them when the text may still grow.
  static func candidates(in text: String, isOpen: Bool = false) -> [String] {
    let bytes = Array(text.utf8)
    var found: [String] = []
    var index = 0
    var failures = 0
    while index < bytes.count, failures < 16, found.count < 64 {
      guard isOpening(bytes[index]) else {
        index += 1
        continue
      }
      if let end = end(of: bytes, from: index) {
        found.append(String(decoding: bytes[index..<end], as: UTF8.self))
        index = end
      } else {
        if isOpen { break }
        failures += 1
        index += 1
      }
    }
    return found
  }

  private static func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
  }

  /// The index after the bracket that closes the one at `start`, with texts in quotes passed over.
  private static func end(of bytes: [UInt8], from start: Int) -> Int? {
    var depth = 0
    var isInText = false
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if isInText {
        if byte == UInt8(ascii: "\\") {
          index += 1
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
      } else if byte == UInt8(ascii: "\"") {
        isInText = true
      } else if isOpening(byte) {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
        if depth == 0 { return index + 1 }
      }
      index += 1
    }
    return nil
  }
}
