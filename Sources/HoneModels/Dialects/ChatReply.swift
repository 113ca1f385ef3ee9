// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The body of a response of chat completions or of the older completions.
struct ChatReply: Decodable {
  struct Choice: Decodable {
    var message: ReplyMessage?
    var text: String?
    var finishReason: String?
    var logprobs: TokenScores?

    enum CodingKeys: String, CodingKey {
      case message, text, logprobs
      case finishReason = "finish_reason"
    }

    /// The choice as a response without its usage.
    func generation() throws(UnreadableReply) -> Generation {
      guard message != nil || text != nil else {
        throw UnreadableReply("its choice lacks the message")
      }
      var text = message?.content?.text ?? self.text ?? ""
      var finish: FinishReason =
        switch finishReason {
        case "length": .length
        case "content_filter": .filtered
        default: .endOfTurn
        }
      if let refusal = message?.refusal, !refusal.isEmpty {
        text = text.isEmpty ? refusal : text
        finish = .refused
      }
      return Generation(text: text, finish: finish, usage: Usage(), tokens: logprobs?.tokens)
    }
  }

  struct ReplyMessage: Decodable {
    var content: ReplyText?
    var refusal: String?
  }

  struct Tokens: Decodable {
    struct Details: Decodable {
      var cachedTokens: Int?

      enum CodingKeys: String, CodingKey {
        case cachedTokens = "cached_tokens"
      }
    }

    var promptTokens: Int?
    var completionTokens: Int?
    var promptTokensDetails: Details?

    enum CodingKeys: String, CodingKey {
      case promptTokens = "prompt_tokens"
      case completionTokens = "completion_tokens"
      case promptTokensDetails = "prompt_tokens_details"
    }

    var usage: Usage {
      Usage(
        promptTokens: promptTokens ?? 0, completionTokens: completionTokens ?? 0,
        cachedPromptTokens: promptTokensDetails?.cachedTokens ?? 0)
    }
  }

  var choices: [Choice]
  var usage: Tokens?
}

/// A text, or parts of which those with a text count.
struct ReplyText: Decodable {
  var text: String

  private struct Part: Decodable {
    var text: String?
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let whole = try? container.decode(String.self) {
      text = whole
    } else {
      text = try container.decode([Part].self).compactMap(\.text).joined()
    }
  }
}

/// How likely the tokens of a choice were: entries of a chat, or the two lists of a completion.
struct TokenScores: Decodable {
  private struct Entry: Decodable {
    var token: String
    var logprob: Double
  }

  private enum CodingKeys: String, CodingKey {
    case content, tokens
    case tokenLogprobs = "token_logprobs"
  }

  /// The tokens; nil where the service tells none.
  var tokens: [ScoredToken]?

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let entries = try container.decodeIfPresent([Entry].self, forKey: .content) {
      tokens = entries.map { ScoredToken(text: $0.token, logProbability: $0.logprob) }
    } else if let texts = try container.decodeIfPresent([String].self, forKey: .tokens),
      let scores = try container.decodeIfPresent([Double].self, forKey: .tokenLogprobs),
      scores.count == texts.count
    {
      tokens = zip(texts, scores).map { ScoredToken(text: $0, logProbability: $1) }
    }
  }
}
