// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Damages bytes in ways that files are damaged, and in ways that readers are fooled.
struct Mutation {
  private var generator: SeededGenerator
  private let pieces: [[UInt8]]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed, stream: "mutation")
    let texts = [
      "&a ", "*a", "<<: *a\n", "!!binary ", "!<x> ", "---\n", "...\n", "? ", ": ", "- ", "\t", "  ",
      "{", "}", "[", "]", "\"", "'", "|\n", ">-\n", "#", "%", "\r", "\r\n", "\n", "\n\n", ",", "\\",
      "\\u", "\\ud83d", "\\u0000", "null", ".nan", "-.inf", "1e999", "99999999999999999999999",
      "true", "\u{FEFF}", "\u{2028}", "\u{85}", "\u{E000}", "é", "🙂", "{{", "}}", "{text}", "{}",
      String(repeating: "[", count: 1200), String(repeating: "{a: ", count: 300),
      String(repeating: "- ", count: 200), String(repeating: "x", count: 2000),
    ]
    pieces =
      texts.map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [7]]
  }

  /// The bytes after one to four changes.
  mutating func of(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0...generator.nextIndex(below: 4) { change(&result) }
    return result
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = generator.nextIndex(below: bytes.count + 1)
    let end = min(bytes.count, place + 1 + generator.nextIndex(below: 24))
    switch generator.nextIndex(below: 7) {
    case 0 where place < bytes.count:
      bytes[place] ^= UInt8(1 << generator.nextIndex(below: 8))
    case 1 where place < bytes.count: bytes[place] = UInt8(generator.nextIndex(below: 256))
    case 2: bytes.removeSubrange(place..<end)
    case 3 where generator.nextIndex(below: 3) == 0: bytes.removeSubrange(place...)
    case 4:
      // A splice of the file's own bytes.
      let part = Array(bytes[place..<end])
      bytes.insert(contentsOf: part, at: generator.nextIndex(below: bytes.count + 1))
    case 5:
      bytes.replaceSubrange(place..<end, with: pieces.drawn(by: &generator) ?? [])
    default: bytes.insert(contentsOf: pieces.drawn(by: &generator) ?? [], at: place)
    }
  }
}
