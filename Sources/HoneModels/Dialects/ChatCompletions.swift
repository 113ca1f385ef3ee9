// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// OpenAI's chat completions, which most servers speak; texts go to its older completions.
struct ChatCompletions: Dialect {
  /// The header that holds the key.
  enum KeyHeader: Sendable {
    case bearer
    case apiKey
  }

  var keyHeader = KeyHeader.bearer
  /// The name of the seed.
  var seedName = "seed"
  /// Whether the service completes texts as they stand.
  var completesTexts = false
  let embeddings: (any EmbeddingDialect)? = OpenAIEmbeddings()

  func headers(key: SecretKey?) -> [(String, String)] {
    guard let key else { return [] }
    return switch keyHeader {
    case .bearer: [("authorization", "Bearer " + key.value)]
    case .apiKey: [("api-key", key.value)]
    }
  }

  func call(
    _ request: GenerationRequest, samples: Int, model: String, capabilities: ModelCapabilities
  ) throws(ModelError) -> WireCall {
    var body: [String: JSONValue] = ["model": .string(model)]
    let path: String
    switch request.input {
    case .chat(let messages):
      path = "/chat/completions"
      body["messages"] = .array(
        messages.map {
          .object([
            "role": .string($0.role.rawValue), "content": $0.content(image: Self.image),
          ])
        })
      body[capabilities.tokenLimit.rawValue] = .number(Double(request.maxTokens))
    case .text(let text):
      guard completesTexts else {
        throw ModelError(
          .unsupported,
          "the model \(model) answers chats and does not complete texts; "
            + "use another layout than raw, or a local model")
      }
      path = "/completions"
      body["prompt"] = .string(text)
      body["max_tokens"] = .number(Double(request.maxTokens))
    }
    let settings = SentSettings(request, capabilities)
    body["temperature"] = settings.temperature.map { .number($0) }
    body["top_p"] = settings.topP.map { .number($0) }
    body[seedName] = settings.seed.map { .number(Double($0)) }
    body["stop"] = settings.stop.isEmpty ? nil : .array(settings.stop.map { .string($0) })
    body["n"] = samples > 1 ? .number(Double(samples)) : nil
    switch request.input {
    case .chat:
      body["response_format"] = settings.schema.map(Self.format)
      body["logprobs"] = settings.scoresTokens ? .bool(true) : nil
    case .text:
      // The chosen token's is told beside those of so many others.
      body["logprobs"] = settings.scoresTokens ? .number(1) : nil
    }
    return try WireCall(path: path, json: .object(body))
  }

  private static func image(_ image: ImagePart) -> JSONValue {
    let address = "data:\(image.mediaType.rawValue);base64,\(image.base64)"
    return .object([
      "type": .string("image_url"), "image_url": .object(["url": .string(address)]),
    ])
  }

  private static func format(_ schema: JSONValue) -> JSONValue {
    .object([
      "type": .string("json_schema"),
      "json_schema": .object([
        "name": .string("answer"), "strict": .bool(schema.isClosedSchema), "schema": schema,
      ]),
    ])
  }

  func samples(_ body: Data) throws(UnreadableReply) -> Samples {
    let reply = try UnreadableReply.decode(ChatReply.self, from: body)
    guard !reply.choices.isEmpty else { throw UnreadableReply("it has no choice") }
    var generations: [Generation] = []
    for choice in reply.choices { generations.append(try choice.generation()) }
    return Samples(generations: generations, usage: reply.usage?.usage ?? Usage())
  }
}
