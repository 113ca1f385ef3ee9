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
          let step = try await step(after: before, forcing: token)
          known[before, default: [:]].merge(step.told) { first, _ in first }
          sum += step.forced
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

  private func step(after tokens: [Int], forcing token: Int) async throws -> TokenStep {
    var call = try WireCall(
      path: "/completion",
      json: .object([
        "prompt": .array(tokens.map { .number(Double($0)) }), "n_predict": .number(1),
        "temperature": .number(0), "n_probs": .number(Double(Self.tokensTold)),
        "logit_bias": .array([.array([.number(Double(token)), .number(10_000)])]),
        "cache_prompt": .bool(true),
      ]))
    call.isBesideVersion = true
    return try await server.ask(call, tokens: tokens.count + 1) {
      (body) throws(UnreadableReply) in try TokenStep(body, forced: token)
    }
  }

  private struct AppliedTemplate: Decodable, ServiceAnswer {
    var prompt: String
    var usage: Usage { Usage() }
  }
}

/// The log-probabilities after a text, as llama-server tells them.
struct TokenStep: ServiceAnswer, Hashable {
  /// That of the token that was forced.
  var forced: Double
  /// Those of tokens, the forced one among them.
  var told: [Int: Double]
  var usage: Usage

  init(_ body: Data, forced token: Int) throws(UnreadableReply) {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    guard let entry = reply.completionProbabilities?.first, entry.id == token else {
      throw UnreadableReply("it tells nothing of the token that was asked for")
    }
    // The server reckons with 32 bits: what is less likely than its smallest number is that number.
    func readable(_ value: Double) -> Double { min(0, max(value, Self.least)) }
    forced = readable(entry.logprob)
    told = [token: forced]
    for other in entry.topLogprobs ?? [] where other.id != token {
      told[other.id] = readable(other.logprob)
    }
    usage = Usage(promptTokens: reply.tokensEvaluated ?? 0, completionTokens: 1)
  }

  private static let least = -103.0

  private struct Reply: Decodable {
    struct Entry: Decodable {
      var id: Int
      var logprob: Double
      var topLogprobs: [Told]?
    }

    struct Told: Decodable {
      var id: Int
      var logprob: Double
    }

    var completionProbabilities: [Entry]?
    var tokensEvaluated: Int?
  }
}
