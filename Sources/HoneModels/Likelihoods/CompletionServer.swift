// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What a server is, as far as likelihoods go.
enum ServerKind: Sendable, Hashable {
  case llama
  case other
}

/// A server of completions and what it is asked beside them.
struct CompletionServer: Sendable {
  let model: String
  let courier: Courier

  /// Sends a call and reads its answer.
  /// - Throws: `ModelError`, or `CancellationError`.
  func ask<Answer: ServiceAnswer>(
    _ call: WireCall, tokens: Int = 1, as read: (Data) throws(UnreadableReply) -> Answer
  ) async throws -> Answer {
    try await courier.bring(call, tokens: tokens, as: read).get()
  }

  /// Which server it is, by the owner that it gives its models.
  func kind() async throws -> ServerKind {
    let list = try await ask(WireCall(path: "/models", body: Data())) {
      (body) throws(UnreadableReply) in try UnreadableReply.decode(ModelList.self, from: body)
    }
    return list.data.contains { $0.ownedBy == "llamacpp" } ? .llama : .other
  }

  /// The tokens that the server makes of what a body describes.
  func tokens(_ body: [String: JSONValue]) async throws -> [Int] {
    var call = try WireCall(path: "/tokenize", json: .object(body))
    call.isBesideVersion = true
    return try await ask(call) { (body) throws(UnreadableReply) in
      try UnreadableReply.decode(TokenList.self, from: body)
    }.tokens
  }

  private struct ModelList: Decodable, ServiceAnswer {
    struct Entry: Decodable {
      var ownedBy: String?

      enum CodingKeys: String, CodingKey {
        case ownedBy = "owned_by"
      }
    }

    var data: [Entry]
    var usage: Usage { Usage() }
  }

  private struct TokenList: Decodable, ServiceAnswer {
    var tokens: [Int]
    var usage: Usage { Usage() }
  }
}

/// A text's tokens with a continuation, and where the continuation's own begin.
///
/// They begin where the tokens differ from those of the text alone, as in the embedded engine: a token
/// that grew by the continuation's first letters is the continuation's.
struct JointTokens: Sendable, Hashable {
  var tokens: [Int]
  var start: Int

  /// - Throws: `unsupported` when nothing comes before the continuation.
  init(input: [Int], joint: [Int]) throws(ModelError) {
    var common = 0
    while common < min(input.count, joint.count), input[common] == joint[common] { common += 1 }
    tokens = joint
    start = min(common, joint.count - 1)
    guard start > 0 else { throw Self.nothingBefore }
  }

  static let nothingBefore = ModelError(
    .unsupported,
    "the input ends before the model's first token, so nothing comes before the continuation; "
      + "begin the input with at least one word")
}

extension ModelInput {
  /// A chat with a continuation of the assistant's turn.
  static func chat(_ messages: [Message], continuedBy text: String) -> [Message] {
    var messages = messages
    if let last = messages.last, last.role == .assistant {
      messages[messages.count - 1].content = last.content + text
    } else {
      messages.append(Message(.assistant, text))
    }
    return messages
  }
}
