// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Anthropic's messages.
struct AnthropicMessages: Dialect {
  let completesTexts = false
  let embeddings: (any EmbeddingDialect)? = nil

  func headers(key: SecretKey?) -> [(String, String)] {
    [("anthropic-version", "2023-06-01")] + (key.map { [("x-api-key", $0.value)] } ?? [])
  }

  func call(
    _ request: GenerationRequest, samples: Int, model: String, capabilities: ModelCapabilities
  ) throws(ModelError) -> WireCall {
    let chat = try SeparatedChat(request.input, model: model)
    let settings = SentSettings(request, capabilities)
    var body: [String: JSONValue] = [
      "model": .string(model), "max_tokens": .number(Double(request.maxTokens)),
      "messages": .array(
        chat.turns.map {
          .object([
            "role": .string($0.role.rawValue), "content": $0.content(image: Self.image),
          ])
        }),
    ]
    body["system"] = chat.system.map { .string($0) }
    body["temperature"] = settings.temperature.map { .number($0) }
    body["top_p"] = settings.topP.map { .number($0) }
    body["top_k"] = settings.topK.map { .number(Double($0)) }
    if !settings.stop.isEmpty {
      body["stop_sequences"] = .array(settings.stop.map { .string($0) })
    }
    // The service takes only schemas that say all; an open one stays a request in words.
    body["output_config"] = settings.schema.flatMap { $0.isClosedSchema ? $0 : nil }.map { schema in
      .object(["format": .object(["type": .string("json_schema"), "schema": schema])])
    }
    return try WireCall(path: "/messages", json: .object(body))
  }

  private static func image(_ image: ImagePart) -> JSONValue {
    .object([
      "type": .string("image"),
      "source": .object([
        "type": .string("base64"), "media_type": .string(image.mediaType.rawValue),
        "data": .string(image.base64),
      ]),
    ])
  }

  func samples(_ body: Data) throws(UnreadableReply) -> Samples {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    let finish: FinishReason =
      switch reply.stopReason {
      case "max_tokens", "model_context_window_exceeded": .length
      case "stop_sequence": .stopText
      case "refusal": .refused
      default: .endOfTurn
      }
    let text = reply.content.compactMap(\.text).joined()
    return Samples(
      generations: [Generation(text: text, finish: finish, usage: Usage())],
      usage: Usage(
        promptTokens: reply.usage?.read ?? 0, completionTokens: reply.usage?.outputTokens ?? 0,
        cachedPromptTokens: reply.usage?.cacheReadInputTokens ?? 0))
  }

  private struct Reply: Decodable {
    struct Block: Decodable {
      var text: String?
    }

    struct Tokens: Decodable {
      var inputTokens: Int?
      var outputTokens: Int?
      var cacheCreationInputTokens: Int?
      var cacheReadInputTokens: Int?

      enum CodingKeys: String, CodingKey {
        case inputTokens = "input_tokens"
        case outputTokens = "output_tokens"
        case cacheCreationInputTokens = "cache_creation_input_tokens"
        case cacheReadInputTokens = "cache_read_input_tokens"
      }

      var read: Int {
        (inputTokens ?? 0) + (cacheCreationInputTokens ?? 0) + (cacheReadInputTokens ?? 0)
      }
    }

    var content: [Block]
    var stopReason: String?
    var usage: Tokens?

    enum CodingKeys: String, CodingKey {
      case content, usage
      case stopReason = "stop_reason"
    }
  }
}
