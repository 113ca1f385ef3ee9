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
    _ request: GenerationRequest, model: String, capabilities: ModelCapabilities
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
    body[seedName] = settings.seed.map { .number(Double($0)) }
    body["stop"] = settings.stop.isEmpty ? nil : .array(settings.stop.map { .string($0) })
    if case .chat = request.input { body["response_format"] = settings.schema.map(Self.format) }
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
        "name": .string("answer"), "strict": .bool(true), "schema": schema,
      ]),
    ])
  }

  func generation(_ body: Data) throws(UnreadableReply) -> Generation {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    guard let choice = reply.choices.first else { throw UnreadableReply("it has no choice") }
    guard choice.message != nil || choice.text != nil else {
      throw UnreadableReply("its choice lacks the message")
    }
    var text = choice.message?.content?.text ?? choice.text ?? ""
    var finish: FinishReason =
      switch choice.finishReason {
      case "length": .length
      case "content_filter": .filtered
      default: .endOfTurn
      }
    if let refusal = choice.message?.refusal, !refusal.isEmpty {
      text = text.isEmpty ? refusal : text
      finish = .refused
    }
    return Generation(
      text: text, finish: finish,
      usage: Usage(
        promptTokens: reply.usage?.promptTokens ?? 0,
        completionTokens: reply.usage?.completionTokens ?? 0,
        cachedPromptTokens: reply.usage?.promptTokensDetails?.cachedTokens ?? 0))
  }

  private struct Reply: Decodable {
    struct Choice: Decodable {
      var message: ReplyMessage?
      var text: String?
      var finishReason: String?
    }

    struct ReplyMessage: Decodable {
      var content: Content?
      var refusal: String?
    }

    struct Tokens: Decodable {
      struct Details: Decodable {
        var cachedTokens: Int?
      }

      var promptTokens: Int?
      var completionTokens: Int?
      var promptTokensDetails: Details?
    }

    var choices: [Choice]
    var usage: Tokens?
  }

  /// A text, or parts of which those with a text count.
  private enum Content: Decodable {
    case text(String)

    private struct Part: Decodable {
      var text: String?
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .text(try container.decode([Part].self).compactMap(\.text).joined())
      }
    }

    var text: String {
      switch self {
      case .text(let text): text
      }
    }
  }
}
