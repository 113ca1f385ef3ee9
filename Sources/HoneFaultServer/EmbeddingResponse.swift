// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The bytes of a right response of embeddings.
///
/// A text's vector counts its words of each of 16 kinds, so equal texts have equal vectors and texts
/// with common words similar ones; it is of any length, and the last text's comes first.
enum EmbeddingResponse {
  private struct Request: Decodable {
    var input: [String]
  }

  static func body(to request: Data) throws -> Data {
    let texts = try JSONDecoder().decode(Request.self, from: request).input
    let items = texts.enumerated().map { index, text in
      JSONValue.object([
        "object": .string("embedding"), "index": .number(Double(index)),
        "embedding": .array(vector(of: text).map { .number($0) }),
      ])
    }
    let words = texts.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
    return try CanonicalJSON.encode(
      JSONValue.object([
        "object": .string("list"), "data": .array(items.reversed()),
        "usage": .object([
          "prompt_tokens": .number(Double(words)), "total_tokens": .number(Double(words)),
        ]),
      ]))
  }

  private static func vector(of text: String) -> [Double] {
    var vector = Array(repeating: 0.0, count: 16)
    vector[0] = 1
    for word in text.lowercased().split(whereSeparator: \.isWhitespace) {
      vector[Int(StableHash.of(String(word)) % 16)] += 1
    }
    return vector
  }
}
