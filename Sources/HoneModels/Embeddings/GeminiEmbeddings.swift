// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Google's batchEmbedContents, which does not count tokens.
struct GeminiEmbeddings: EmbeddingDialect {
  func call(_ texts: [String], model: String) throws(ModelError) -> WireCall {
    let requests = texts.map { text in
      JSONValue.object([
        "model": .string("models/\(model)"),
        "content": .object(["parts": .array([.object(["text": .string(text)])])]),
      ])
    }
    return try WireCall(
      path: "/models/\(try GeminiContent.inPath(model)):batchEmbedContents",
      json: .object(["requests": .array(requests)]))
  }

  func vectors(_ body: Data, texts: Int) throws(UnreadableReply) -> RawVectors {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    guard reply.embeddings.count == texts else {
      throw UnreadableReply("it has \(reply.embeddings.count) vectors for \(texts) texts")
    }
    return RawVectors(values: reply.embeddings.map(\.values))
  }

  private struct Reply: Decodable {
    struct Item: Decodable {
      var values: [Double]
    }

    var embeddings: [Item]
  }
}
