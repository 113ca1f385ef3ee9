// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Likelihoods from llama-server, which echoes nothing: a continuation is taken token by token.
///
/// For each token the server generates one after all before it, with the token wanted forced by a
/// bias; what it tells of that token is its probability without the bias, so the sum is exact up to
/// rounding. The likeliest tokens come with each answer, so continuations of one token after one text
/// mostly cost one request together. The server keeps the text's state from step to step.
struct SteppedLikelihoods: LikelihoodWay {
  /// The likeliest tokens that each answer tells of.
  static let tokensTold = 128
  /// More than any vocabulary has.
  static let allTokens = 1_000_000

  let server: CompletionServer

  func likelihoods(_ request: LikelihoodRequest) async throws -> Likelihoods {
    let (text, marksUp) = try await self.text(of: request.input)
    let input = try await tokens(of: text, marksUp: marksUp)
    var known: [[Int]: [Int: Double]] = [:]
    var entries: [ContinuationLikelihood] = []
    for continuation in request.continuations {
      guard !continuation.isEmpty else {
        entries.append(ContinuationLikelihood(logProbability: 0, tokenCount: 0))
        continue
      }
      let joint = try JointTokens(
        input: input, joint: try await tokens(of: text + continuation, marksUp: marksUp))
      var sum = 0.0
      for place in joint.start..<joint.tokens.count {
        let before = Array(joint.tokens[..<place])
        let token = joint.tokens[place]
        if let value = known[before]?[token] {
          sum += value
        } else {
          let told = try await logProbabilities(after: before, of: token)
          known[before, default: [:]].merge(told) { first, _ in first }
          sum += told[token] ?? 0
        }
      }
      entries.append(
        ContinuationLikelihood(
          logProbability: sum, tokenCount: joint.tokens.count - joint.start))
    }
    let read = input.count + entries.reduce(0) { $0 + $1.tokenCount }
    return Likelihoods(continuations: entries, usage: Usage(promptTokens: read))
  }

  /// What is to be continued, and whether it holds the marks of a chat's template.
  private func text(of input: ModelInput) async throws -> (String, marksUp: Bool) {
    switch input {
    case .text(let text): return (text, false)
    case .chat(let messages):
      var call = try WireCall(
        path: "/apply-template",
        json: .object([
          "messages": .array(
            messages.map {
              .object(["role": .string($0.role.rawValue), "content": .string($0.content)])
            })
        ]))
      call.isBesideVersion = true
      let reply = try await server.ask(call) { (body) throws(UnreadableReply) in
        try UnreadableReply.decode(AppliedTemplate.self, from: body)
      }
      return (reply.prompt, true)
    }
  }

  private func tokens(of text: String, marksUp: Bool) async throws -> [Int] {
    try await server.tokens([
      "content": .string(text), "add_special": .bool(true), "parse_special": .bool(marksUp),
    ])
  }

  /// The log-probabilities that the server tells after tokens, that of a token among them.
  ///
  /// It keeps back a token that ends within a letter, such as the first of several bytes. That one is
  /// read off the list of all tokens, while a plain one is forced.
  private func logProbabilities(after tokens: [Int], of token: Int) async throws -> [Int: Double] {
    var told = try await step(after: tokens, forcing: token, telling: Self.tokensTold)
    if told[token] == nil, let plain = try await self.tokens(of: "a", marksUp: false).last {
      told = try await step(after: tokens, forcing: plain, telling: Self.allTokens)
    }
    guard told[token] != nil else {
      throw ModelError(
        .engine,
        "\(server.courier.service.name) does not tell how likely the token \(token) is")
    }
    return told
  }

  private func step(
    after tokens: [Int], forcing token: Int, telling count: Int
  ) async throws -> [Int: Double] {
    var call = try WireCall(
      path: "/completion",
      json: .object([
        "prompt": .array(tokens.map { .number(Double($0)) }), "n_predict": .number(1),
        "temperature": .number(0), "n_probs": .number(Double(count)),
        "logit_bias": .array([.array([.number(Double(token)), .number(10_000)])]),
        "cache_prompt": .bool(true),
      ]))
    call.isBesideVersion = true
    return try await server.ask(call, tokens: tokens.count + 1, as: TokenStep.init).told
  }

  private struct AppliedTemplate: Decodable, ServiceAnswer {
    var prompt: String
    var usage: Usage { Usage() }
  }
}

/// The log-probabilities after a text, as llama-server tells them.
struct TokenStep: ServiceAnswer, Hashable {
  /// By token: those of the likeliest, and of the one it generated unless it kept it back.
  var told: [Int: Double] = [:]
  var usage: Usage

  init(_ body: Data) throws(UnreadableReply) {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    usage = Usage(promptTokens: reply.tokensEvaluated ?? 0, completionTokens: 1)
    guard let entry = reply.completionProbabilities?.first else { return }
    // The server reckons with 32 bits: what is less likely than its smallest number is that number.
    func readable(_ value: Double) -> Double { min(0, max(value, Self.least)) }
    told[entry.id] = readable(entry.logprob)
    for other in entry.topLogprobs ?? [] where told[other.id] == nil {
      told[other.id] = readable(other.logprob)
    }
  }

  private static let least = -103.0

  private struct Reply: Decodable {
    struct Entry: Decodable {
      var id: Int
      var logprob: Double
      var topLogprobs: [Told]?

      enum CodingKeys: String, CodingKey {
        case id, logprob
        case topLogprobs = "top_logprobs"
      }
    }

    struct Told: Decodable {
      var id: Int
      var logprob: Double
    }

    var completionProbabilities: [Entry]?
    var tokensEvaluated: Int?

    enum CodingKeys: String, CodingKey {
      case completionProbabilities = "completion_probabilities"
      case tokensEvaluated = "tokens_evaluated"
    }
  }
}
