// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A request of chat completions or completions as a server reads it.
struct ChatRequest: Decodable {
  private struct Turn: Decodable {
    var role: Message.Role
    var content: String
  }

  private var messages: [Turn]?
  private var prompt: String?
  private var maxTokens: Int?
  private var maxCompletionTokens: Int?
  private var temperature: Double?
  private var seed: UInt64?
  private var stop: [String]?

  /// Reads a request's body.
  static func read(_ body: Data) throws -> ChatRequest {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(ChatRequest.self, from: body)
  }

  /// The request in Hone's own terms; nil without an input.
  var request: GenerationRequest? {
    let input: ModelInput
    if let messages {
      input = .chat(messages.map { Message($0.role, $0.content) })
    } else if let prompt {
      input = .text(prompt)
    } else {
      return nil
    }
    return GenerationRequest(
      input: input, maxTokens: maxTokens ?? maxCompletionTokens ?? 16,
      temperature: temperature ?? 1, stop: stop ?? [], seed: seed ?? 0)
  }
}

/// The bytes of a right response of chat completions and completions.
enum ChatResponse {
  static func body(_ text: String, to request: GenerationRequest) throws -> Data {
    func words(_ text: String) -> Double {
      Double(text.split(whereSeparator: \.isWhitespace).count)
    }
    let read: String =
      switch request.input {
      case .chat(let messages): messages.map(\.content).joined(separator: " ")
      case .text(let text): text
      }
    let choice = JSONValue.object([
      "index": .number(0), "finish_reason": .string("stop"), "text": .string(text),
      "message": .object(["role": .string("assistant"), "content": .string(text)]),
    ])
    return try CanonicalJSON.encode(
      JSONValue.object([
        "object": .string("chat.completion"), "choices": .array([choice]),
        "usage": .object([
          "prompt_tokens": .number(words(read)), "completion_tokens": .number(words(text)),
        ]),
      ]))
  }
}
