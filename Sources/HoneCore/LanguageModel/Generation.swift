// SPDX-License-Identifier: Apache-2.0

/// A model's response to a ``GenerationRequest``.
public struct Generation: Sendable, Hashable, Codable {
  /// The text, without the stop string that ended it.
  public var text: String
  /// Why it ended.
  public var finish: FinishReason
  /// The tokens it took.
  public var usage: Usage
  /// Its tokens with their likelihoods, where they were asked for and the model tells them.
  public var tokens: [ScoredToken]?

  /// Creates a response.
  public init(
    text: String, finish: FinishReason, usage: Usage, tokens: [ScoredToken]? = nil
  ) {
    self.text = text
    self.finish = finish
    self.usage = usage
    self.tokens = tokens
  }
}

/// Why a generation ended.
public enum FinishReason: String, Sendable, Hashable, Codable {
  /// The model ended its turn.
  case endOfTurn
  /// A stop text appeared.
  case stopText
  /// The token limit was reached.
  case length
  /// The answer was decided, see ``GenerationRequest/stopWhenDecided``.
  case decided
  /// The model refused.
  case refused
  /// The service's content filter stopped the request or its answer.
  case filtered
}

/// Tokens and money of one call or of many.
public struct Usage: Sendable, Hashable, Codable {
  /// Tokens read, shared prefixes included each time.
  public var promptTokens: Int
  /// Of the tokens read, those that the service had in a cache of its own, which may cost less.
  public var cachedPromptTokens: Int
  /// Tokens written.
  public var completionTokens: Int
  /// Money in US dollars; 0 for models that run here.
  public var dollars: Double

  /// Creates a usage.
  public init(
    promptTokens: Int = 0, completionTokens: Int = 0, dollars: Double = 0,
    cachedPromptTokens: Int = 0
  ) {
    self.promptTokens = promptTokens
    self.cachedPromptTokens = cachedPromptTokens
    self.completionTokens = completionTokens
    self.dollars = dollars
  }

  /// Tokens read and written.
  public var tokens: Int { promptTokens + completionTokens }

  /// The sum of two usages.
  public static func + (a: Usage, b: Usage) -> Usage {
    Usage(
      promptTokens: a.promptTokens + b.promptTokens,
      completionTokens: a.completionTokens + b.completionTokens, dollars: a.dollars + b.dollars,
      cachedPromptTokens: a.cachedPromptTokens + b.cachedPromptTokens)
  }

  /// Adds a usage to another.
  public static func += (a: inout Usage, b: Usage) {
    a = a + b
  }
}

extension Usage {
  private enum CodingKeys: String, CodingKey {
    case promptTokens, completionTokens, dollars, cachedPromptTokens
  }

  /// Reads a usage; without ``cachedPromptTokens`` there are none.
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      promptTokens: try container.decode(Int.self, forKey: .promptTokens),
      completionTokens: try container.decode(Int.self, forKey: .completionTokens),
      dollars: try container.decode(Double.self, forKey: .dollars),
      cachedPromptTokens: try container.decodeIfPresent(Int.self, forKey: .cachedPromptTokens) ?? 0)
  }

  /// Writes a usage, ``cachedPromptTokens`` only when there are any.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(promptTokens, forKey: .promptTokens)
    try container.encode(completionTokens, forKey: .completionTokens)
    try container.encode(dollars, forKey: .dollars)
    if cachedPromptTokens > 0 {
      try container.encode(cachedPromptTokens, forKey: .cachedPromptTokens)
    }
  }
}
