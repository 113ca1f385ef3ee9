// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A quick digest of a model file: its size, its whole header and blocks taken evenly from its data.
///
/// It tells models and their conversions apart; it is no proof against a forged file.
struct ContentDigest: Sendable {
  private static let blocks = 64
  private static let blockSize = 4096
  private let content: BlockHash

  /// Reads a file of which the header was checked.
  init(file: URL, header: GGUFHeader) throws(ModelError) {
    do {
      let data = try Data(contentsOf: file, options: .alwaysMapped)
      content = data.withUnsafeBytes { Self.hash($0, dataStart: header.dataStart) }
    } catch {
      throw ModelError(
        .unusableModel, "The model file \(file.path) cannot be read: \(error.localizedDescription)")
    }
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer, dataStart: Int) -> BlockHash {
    var hash = BlockHash()
    hash.add(UInt64(bytes.count))
    let start = min(dataStart, bytes.count)
    hash.add(UnsafeRawBufferPointer(rebasing: bytes[..<start]))
    let room = max(0, bytes.count - start - blockSize)
    for block in 0..<blocks {
      let from = start + room / (blocks - 1) * block
      let end = min(bytes.count, from + blockSize)
      hash.add(UnsafeRawBufferPointer(rebasing: bytes[from..<end]))
    }
    return hash
  }

  /// The digest with the settings that change answers, in hexadecimal digits.
  func hex(with options: LlamaOptions) -> String {
    var hash = content
    let settings = "hone-llama 1 \(LlamaLibrary.version) flash=\(options.flashAttention)"
    for byte in settings.utf8 { hash.add(UInt64(byte)) }
    return hash.hex
  }
}

/// A 128-bit hash that reads eight bytes at a time, for data that nobody forges.
private struct BlockHash {
  private var low: UInt64 = 0xCBF2_9CE4_8422_2325
  private var high: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ word: UInt64) {
    low = (low ^ word) &* 0x0000_0100_0000_01B3
    low ^= low >> 29
    high = (high &+ word) &* 0xFF51_AFD7_ED55_8CCD
    high ^= high >> 33
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let words = bytes.count / 8
    for index in 0..<words {
      add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)))
    }
    for index in (words * 8)..<bytes.count { add(UInt64(bytes[index])) }
    add(UInt64(bytes.count))
  }

  var hex: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
