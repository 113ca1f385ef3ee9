// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A prompt's tokens with their log-probabilities, as completions echo them.
struct EchoedTokens: ServiceAnswer, Hashable {
  /// The tokens' texts, those generated after the prompt included.
  var tokens: [String]
  /// Natural logarithms; the first token has none.
  var logProbabilities: [Double?]
  /// Where each token begins, in Unicode scalars; nil where the server does not tell.
  var offsets: [Int]?
  var usage: Usage
  /// How many of the tokens are the prompt's; 0 when it was not echoed.
  var promptCount: Int

  /// Reads the body of a completion.
  init(_ body: Data) throws(UnreadableReply) {
    let reply = try UnreadableReply.decode(Reply.self, from: body)
    guard let choice = reply.choices.first else { throw UnreadableReply("it has no choice") }
    let list = choice.logprobs
    tokens = list?.tokens ?? []
    logProbabilities = list?.tokenLogprobs ?? []
    guard tokens.count == logProbabilities.count else {
      throw UnreadableReply("it has \(logProbabilities.count) numbers for \(tokens.count) tokens")
    }
    usage = Usage(
      promptTokens: reply.usage?.promptTokens ?? max(0, tokens.count - 1),
      completionTokens: reply.usage?.completionTokens ?? 1)
    // One token is asked for beyond the prompt; a reply without more than that echoed nothing.
    promptCount = tokens.count > 1 ? min(usage.promptTokens, tokens.count) : 0
    let told = list?.textOffset ?? []
    let areInOrder = zip(told, told.dropFirst()).allSatisfy { $0 <= $1 }
    offsets = told.count == tokens.count && areInOrder && told.allSatisfy { $0 >= 0 } ? told : nil
  }

  /// The likelihood of a continuation's tokens, whose prompt was a text with it.
  ///
  /// - Throws: `unsupported` when nothing comes before it, `engine` when a number is missing.
  func likelihood(
    after text: String, of continuation: String
  ) throws(ModelError) -> ContinuationLikelihood {
    let length = continuation.unicodeScalars.count
    var start = promptCount
    // Counted back from the prompt's end: a token that holds the continuation's first letters or
    // begins with them is its own.
    while start > 0, ending(of: start - 1) < length || beginning(of: start - 1) <= length {
      start -= 1
    }
    return try sum(from: start)
  }

  /// The likelihood of the tokens at the end of a prompt of tokens.
  func likelihood(of joint: JointTokens) throws(ModelError) -> ContinuationLikelihood {
    guard promptCount == joint.tokens.count else {
      throw ModelError(
        .engine,
        "the server echoed \(promptCount) tokens of the \(joint.tokens.count) that it was given")
    }
    return try sum(from: joint.start)
  }

  /// How far before the prompt's end a token begins.
  private func beginning(of index: Int) -> Int {
    if let offsets { return end(offsets) - offsets[index] }
    return tokens[index..<promptCount].reduce(0) { $0 + $1.unicodeScalars.count }
  }

  /// How far before the prompt's end a token ends.
  private func ending(of index: Int) -> Int {
    index + 1 < promptCount ? beginning(of: index + 1) : 0
  }

  private func end(_ offsets: [Int]) -> Int {
    guard promptCount < offsets.count else {
      return offsets[promptCount - 1] + tokens[promptCount - 1].unicodeScalars.count
    }
    return offsets[promptCount]
  }

  private func sum(from start: Int) throws(ModelError) -> ContinuationLikelihood {
    guard start > 0 else { throw JointTokens.nothingBefore }
    var sum = 0.0
    for index in start..<promptCount {
      guard let value = logProbabilities[index], value.isFinite, value <= 1e-3 else {
        throw ModelError(
          .engine,
          "the server gave no log-probability of token \(index + 1) of the \(promptCount) echoed")
      }
      sum += min(value, 0)
    }
    return ContinuationLikelihood(logProbability: sum, tokenCount: promptCount - start)
  }

  private struct Reply: Decodable {
    struct Choice: Decodable {
      var logprobs: List?
    }

    struct List: Decodable {
      var tokens: [String]?
      var tokenLogprobs: [Double?]?
      var textOffset: [Int]?

      enum CodingKeys: String, CodingKey {
        case tokens
        case tokenLogprobs = "token_logprobs"
        case textOffset = "text_offset"
      }
    }

    struct Tokens: Decodable {
      var promptTokens: Int?
      var completionTokens: Int?

      enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
      }
    }

    var choices: [Choice]
    var usage: Tokens?
  }
}
