// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Builds small GGUF files byte by byte.
struct TinyGGUF {
  var magic = "GGUF"
  var version: UInt32 = 3
  var architecture: String? = "llama"
  /// The type number of each tensor, of 256 weights each.
  var tensorTypes: [UInt32] = [0]
  /// Bytes of data after the head; nil for as many as the tensors need.
  var dataBytes: Int?
  /// Tells files of equal form apart.
  var fill: UInt8 = 7

  var data: Data {
    var head = Data(magic.utf8)
    append(version, to: &head)
    append(UInt64(tensorTypes.count), to: &head)
    append(UInt64(architecture == nil ? 1 : 2), to: &head)
    // A list of texts, which readers have to pass over.
    append("tokenizer.ggml.tokens", to: &head)
    append(UInt32(9), to: &head)
    append(UInt32(8), to: &head)
    append(UInt64(2), to: &head)
    append("a", to: &head)
    append("bc", to: &head)
    if let architecture {
      append("general.architecture", to: &head)
      append(UInt32(8), to: &head)
      append(architecture, to: &head)
    }
    var offset: UInt64 = 0
    for (index, type) in tensorTypes.enumerated() {
      append("blk.\(index).weight", to: &head)
      append(UInt32(1), to: &head)
      append(UInt64(256), to: &head)
      append(type, to: &head)
      append(offset, to: &head)
      offset += Self.bytes(of256WeightsOfType: type)
    }
    let padding = (32 - head.count % 32) % 32
    return head + Data(count: padding) + Data(repeating: fill, count: dataBytes ?? Int(offset))
  }

  func write(to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// Rounded up to whole alignments of 32 bytes.
  private static func bytes(of256WeightsOfType type: UInt32) -> UInt64 {
    switch type {
    case 0: 1024
    case 1: 512
    default: 160
    }
  }

  private func append(_ text: String, to data: inout Data) {
    append(UInt64(text.utf8.count), to: &data)
    data += Data(text.utf8)
  }

  private func append<T: FixedWidthInteger>(_ value: T, to data: inout Data) {
    withUnsafeBytes(of: value.littleEndian) { data += Data($0) }
  }
}
