// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// OpenAI's embeddings, which most servers speak.
struct OpenAIEmbeddings: EmbeddingDialect {
  func call(_ texts: [String], model: String) throws(ModelError) -> WireCall {
    try WireCall(
      path: "/embeddings",
      json: .object(["model": .string(model), "input": .array(texts.map { .string($0) })]))
  }

  func vectors(_ body: Data, texts: Int) throws(UnreadableReply) -> RawVectors {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    guard reply.data.count == texts else {
      throw UnreadableReply("it has \(reply.data.count) vectors for \(texts) texts")
    }
    // Vectors may come in any order; those without a number come in that of the texts.
    var values: [[Double]?] = Array(repeating: nil, count: texts)
    for (place, item) in reply.data.enumerated() {
      let index = item.index ?? place
      guard values.indices.contains(index), values[index] == nil else {
        throw UnreadableReply("the index \(index) is not that of one text of \(texts)")
      }
      values[index] = item.embedding
    }
    let read = reply.usage?.promptTokens ?? reply.usage?.totalTokens ?? 0
    return RawVectors(values: values.compactMap(\.self), usage: Usage(promptTokens: read))
  }

  private struct Reply: Decodable {
    struct Item: Decodable {
      var index: Int?
      var embedding: [Double]
    }

    struct Tokens: Decodable {
      var promptTokens: Int?
      var totalTokens: Int?

      enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case totalTokens = "total_tokens"
      }
    }

    var data: [Item]
    var usage: Tokens?
  }
}
