// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Likelihoods from completions that echo the prompt with its log-probabilities, as vLLM and SGLang
/// write them.
///
/// One request a continuation. Where the continuation begins in a text is told by the offsets of the
/// echoed tokens, counted from the prompt's end, since some servers count their first control token
/// and others do not. A chat is sent as tokens, which `/tokenize` of the server makes of it.
struct EchoedLikelihoods: LikelihoodWay {
  let server: CompletionServer

  func likelihoods(_ request: LikelihoodRequest) async throws -> Likelihoods {
    var entries: [ContinuationLikelihood] = []
    var usage = Usage()
    var chat: [Int]?
    for continuation in request.continuations {
      guard !continuation.isEmpty else {
        entries.append(ContinuationLikelihood(logProbability: 0, tokenCount: 0))
        continue
      }
      switch request.input {
      case .text(let text):
        let echo = try await echo(.string(text + continuation))
        entries.append(try echo.likelihood(after: text, of: continuation))
        usage += echo.usage
      case .chat(let messages):
        let input: [Int]
        if let chat { input = chat } else { input = try await tokens(of: messages) }
        chat = input
        let joint = try JointTokens(
          input: input,
          joint: try await tokens(of: ModelInput.chat(messages, continuedBy: continuation)))
        let echo = try await echo(.array(joint.tokens.map { .number(Double($0)) }))
        entries.append(try echo.likelihood(of: joint))
        usage += echo.usage
      }
    }
    return Likelihoods(continuations: entries, usage: usage)
  }

  private func echo(_ prompt: JSONValue) async throws -> EchoedTokens {
    let call = try WireCall(
      path: "/completions",
      json: .object([
        "model": .string(server.model), "prompt": prompt, "max_tokens": .number(1),
        "temperature": .number(0), "echo": .bool(true), "logprobs": .number(1),
      ]))
    let echo = try await server.ask(call, tokens: call.body.count / 4 + 1, as: EchoedTokens.init)
    guard echo.promptCount > 0 else {
      throw ModelError(
        .unusableModel,
        "\(server.courier.service.name) does not tell how likely a given text is (it echoed no "
          + "tokens); take vLLM, SGLang, llama-server or a model file, or let the answer be generated"
      )
    }
    return echo
  }

  private func tokens(of messages: [Message]) async throws -> [Int] {
    let isOpen = messages.last?.role == .assistant
    do {
      return try await server.tokens([
        "model": .string(server.model),
        "messages": .array(
          messages.map {
            .object(["role": .string($0.role.rawValue), "content": .string($0.content)])
          }),
        "add_generation_prompt": .bool(!isOpen), "continue_final_message": .bool(isOpen),
      ])
    } catch let error as ModelError where error.kind == .unusableModel {
      throw ModelError(
        .unusableModel,
        "likelihoods in a chat need the tokens that /tokenize gives, as vLLM has it (\(error)); "
          + "use the layout raw, or let the answer be generated")
    }
  }
}
