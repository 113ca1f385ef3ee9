// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What is answered to which path.
struct PromptRoutes: Sendable {
  /// A response, ready to send.
  struct Reply: Sendable {
    var status: Int
    var body: Data
    /// The methods that the path takes, when another came.
    var allowed: String?
  }

  let service: any PromptService

  /// Answers a request.
  func reply(method: String, path: String, body: Data) async -> Reply {
    do {
      let route = String(path.prefix { $0 != "?" })
      switch route {
      case "/health":
        try Self.require("GET", method)
        return Self.reply(.object(["status": .string("ok")]))
      case "/v1/models":
        try Self.require("GET", method)
        return Self.reply(try await models())
      case "/v1/chat/completions":
        try Self.require("POST", method)
        return Self.reply(try await completion(of: ChatCompletionRequest.read(body)))
      default:
        throw ServedError(
          404,
          "There is nothing at \(route.prefix(80)); there are /v1/chat/completions, /v1/models"
            + " and /health.")
      }
    } catch let error as ServedError {
      return Self.reply(to: error)
    } catch let error as ModelError {
      let status = error.kind == .tooLong ? 400 : 500
      return Self.reply(to: ServedError(status, error.message))
    } catch {
      return Self.reply(to: ServedError(500, "The rewrite could not be made: \(error)"))
    }
  }

  /// The response for an error.
  static func reply(to error: ServedError) -> Reply {
    var reply = reply(error.body, status: error.status)
    if error.status == 405 { reply.allowed = error.code }
    return reply
  }

  private static func require(_ wanted: String, _ method: String) throws(ServedError) {
    guard method == wanted || (wanted == "GET" && method == "HEAD") else {
      throw ServedError(405, "This path takes \(wanted), not \(method).", code: wanted)
    }
  }

  private static func reply(_ body: JSONValue, status: Int = 200) -> Reply {
    Reply(status: status, body: (try? CanonicalJSON.encode(body)) ?? Data("{}".utf8))
  }

  private func models() async throws -> JSONValue {
    .object([
      "object": .string("list"),
      "data": .array(
        try await service.models().map { model in
          .object([
            "id": .string(model.name), "object": .string("model"),
            "created": .number(Double(model.created)), "owned_by": .string("hone"),
          ])
        }),
    ])
  }

  private func completion(of request: ServedPrompt) async throws -> JSONValue {
    let rewrites = try await service.rewrites(of: request)
    let read = rewrites.first?.usage.promptTokens ?? 0
    let written = rewrites.reduce(0) { $0 + $1.usage.completionTokens }
    return .object([
      "id": .string("chatcmpl-" + UUID().uuidString.lowercased()),
      "object": .string("chat.completion"),
      "created": .number(Date().timeIntervalSince1970.rounded(.down)),
      "model": .string(request.model),
      "choices": .array(
        rewrites.enumerated().map { index, rewrite in
          .object([
            "index": .number(Double(index)), "logprobs": .null,
            "finish_reason": .string(rewrite.finish == .length ? "length" : "stop"),
            "message": .object([
              "role": .string("assistant"), "content": .string(rewrite.text), "refusal": .null,
            ]),
          ])
        }),
      "usage": .object([
        "prompt_tokens": .number(Double(read)), "completion_tokens": .number(Double(written)),
        "total_tokens": .number(Double(read + written)),
      ]),
    ])
  }
}
