// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Reads the numbers and texts of a GGUF header, within the file's bounds.
struct GGUFReader {
  let data: Data
  var position = 0

  /// Creates a reader at the beginning.
  init(data: Data) {
    self.data = data
  }

  /// How many bytes are left.
  var left: Int { data.count - position }

  /// A number in little-endian order.
  mutating func number<Number: FixedWidthInteger>(_: Number.Type) throws(GGUFProblem) -> Number {
    let size = MemoryLayout<Number>.size
    guard left >= size else { throw GGUFProblem("it ends within its header.") }
    let value = data.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: position, as: Number.self)
    }
    position += size
    return Number(littleEndian: value)
  }

  /// A number of things that take at least so many bytes each, which have to fit into the file.
  mutating func count(minimumSize: Int) throws(GGUFProblem) -> Int {
    let value = try number(UInt64.self)
    guard let count = Int(exactly: value), count <= left / max(1, minimumSize) else {
      throw GGUFProblem("its header announces \(value) entries, more than fit into the file.")
    }
    return count
  }

  /// A text.
  mutating func text() throws(GGUFProblem) -> String {
    let length = try count(minimumSize: 1)
    let text = data.withUnsafeBytes {
      String(decoding: $0[position..<(position + length)], as: UTF8.self)
    }
    position += length
    return text
  }

  /// Passes over so many bytes.
  mutating func skip(_ count: Int) throws(GGUFProblem) {
    guard count <= left else { throw GGUFProblem("it ends within its header.") }
    position += count
  }
}
