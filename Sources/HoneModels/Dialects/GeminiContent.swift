// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Google's generateContent.
struct GeminiContent: Dialect {
  let completesTexts = false
  let embeddings: (any EmbeddingDialect)? = GeminiEmbeddings()

  func headers(key: SecretKey?) -> [(String, String)] {
    key.map { [("x-goog-api-key", $0.value)] } ?? []
  }

  func call(
    _ request: GenerationRequest, samples: Int, model: String, capabilities: ModelCapabilities
  ) throws(ModelError) -> WireCall {
    let chat = try SeparatedChat(request.input, model: model)
    let settings = SentSettings(request, capabilities)
    var generation: [String: JSONValue] = ["maxOutputTokens": .number(Double(request.maxTokens))]
    generation["temperature"] = settings.temperature.map { .number($0) }
    generation["candidateCount"] = samples > 1 ? .number(Double(samples)) : nil
    generation["topP"] = settings.topP.map { .number($0) }
    generation["topK"] = settings.topK.map { .number(Double($0)) }
    generation["seed"] = settings.seed.map { .number(Double($0)) }
    if !settings.stop.isEmpty {
      generation["stopSequences"] = .array(settings.stop.map { .string($0) })
    }
    if let schema = settings.schema {
      generation["responseMimeType"] = .string("application/json")
      generation["responseJsonSchema"] = schema
    }
    var body: [String: JSONValue] = [
      "generationConfig": .object(generation),
      "contents": .array(
        chat.turns.map { turn in
          .object([
            "role": .string(turn.role == .assistant ? "model" : "user"),
            "parts": Self.parts(turn.content, turn.images ?? []),
          ])
        }),
    ]
    body["systemInstruction"] = chat.system.map { .object(["parts": Self.parts($0)]) }
    return try WireCall(
      path: "/models/\(try Self.inPath(model)):generateContent", json: .object(body))
  }

  /// A model's name as it may stand in a path.
  static func inPath(_ model: String) throws(ModelError) -> String {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._")
    guard let name = model.addingPercentEncoding(withAllowedCharacters: allowed) else {
      throw ModelError(.unusableModel, "the model's name cannot stand in an address")
    }
    return name
  }

  private static func parts(_ text: String, _ images: [ImagePart] = []) -> JSONValue {
    let shown = images.map { image in
      JSONValue.object([
        "inlineData": .object([
          "mimeType": .string(image.mediaType.rawValue), "data": .string(image.base64),
        ])
      ])
    }
    return .array(shown + [.object(["text": .string(text)])])
  }

  func samples(_ body: Data) throws(UnreadableReply) -> Samples {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    let usage = Usage(
      promptTokens: reply.usageMetadata?.promptTokenCount ?? 0,
      completionTokens: (reply.usageMetadata?.candidatesTokenCount ?? 0)
        + (reply.usageMetadata?.thoughtsTokenCount ?? 0),
      cachedPromptTokens: reply.usageMetadata?.cachedContentTokenCount ?? 0)
    guard let candidates = reply.candidates, !candidates.isEmpty else {
      guard reply.promptFeedback?.blockReason != nil else {
        throw UnreadableReply("it has no candidate")
      }
      return Samples(
        generations: [Generation(text: "", finish: .filtered, usage: Usage())], usage: usage)
    }
    var generations: [Generation] = []
    for candidate in candidates { generations.append(try candidate.generation()) }
    return Samples(generations: generations, usage: usage)
  }

  private struct Reply: Decodable {
    struct Part: Decodable {
      var text: String?
      var thought: Bool?
    }

    struct Content: Decodable {
      var parts: [Part]?
    }

    struct Candidate: Decodable {
      var content: Content?
      var finishReason: String?

      func generation() throws(UnreadableReply) -> Generation {
        let finish: FinishReason
        switch finishReason {
        case "MAX_TOKENS": finish = .length
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE":
          finish = .filtered
        case nil where content == nil: throw UnreadableReply("its candidate has no content")
        default: finish = .endOfTurn
        }
        let parts = (content?.parts ?? []).filter { $0.thought != true }
        return Generation(
          text: parts.compactMap(\.text).joined(), finish: finish, usage: Usage())
      }
    }

    struct Feedback: Decodable {
      var blockReason: String?
    }

    struct Tokens: Decodable {
      var promptTokenCount: Int?
      var candidatesTokenCount: Int?
      var thoughtsTokenCount: Int?
      var cachedContentTokenCount: Int?
    }

    var candidates: [Candidate]?
    var promptFeedback: Feedback?
    var usageMetadata: Tokens?
  }
}
