// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Texts that are sent together, with their places in what was asked for.
struct TextBatch: Sendable, Hashable {
  /// The most texts of a request; Google takes 100.
  static let mostTexts = 64
  /// The most bytes of a request with several texts; Mistral takes some 16,000 tokens.
  static let mostBytes = 32_000

  var places: [Int]
  var texts: [String]

  /// About one token for four bytes, as far as no service counts.
  static func reckonedTokens(_ text: String) -> Int { text.utf8.count / 4 + 1 }

  var reckonedTokens: Int { texts.reduce(0) { $0 + Self.reckonedTokens($1) } }

  /// Texts in order, as many together as one request takes.
  static func all(of texts: [String]) -> [TextBatch] {
    var batches: [TextBatch] = []
    var bytes = 0
    for (place, text) in texts.enumerated() where !text.isEmpty {
      let size = text.utf8.count
      let last = batches.indices.last
      if let last, batches[last].texts.count < mostTexts, bytes + size <= mostBytes {
        batches[last].places.append(place)
        batches[last].texts.append(text)
        bytes += size
      } else {
        batches.append(TextBatch(places: [place], texts: [text]))
        bytes = size
      }
    }
    return batches
  }

  /// The first and the second half; nil of a single text.
  var halves: (TextBatch, TextBatch)? {
    guard texts.count > 1 else { return nil }
    let middle = texts.count / 2
    return (
      TextBatch(places: Array(places[..<middle]), texts: Array(texts[..<middle])),
      TextBatch(places: Array(places[middle...]), texts: Array(texts[middle...]))
    )
  }

  /// The tokens of each text out of those of all, by their bytes; their sum is the whole.
  func shares(of usage: Usage) -> [Usage] {
    guard usage.promptTokens > 0 else {
      return texts.map { Usage(promptTokens: Self.reckonedTokens($0)) }
    }
    let all = texts.reduce(0) { $0 + $1.utf8.count }
    var bytes = 0
    var given = 0
    return texts.map { text in
      bytes += text.utf8.count
      let upTo = Int(Double(usage.promptTokens) * Double(bytes) / Double(max(all, 1)))
      defer { given = upTo }
      return Usage(promptTokens: upTo - given)
    }
  }
}
