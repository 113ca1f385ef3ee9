// SPDX-License-Identifier: Apache-2.0

/// A model's response to a ``GenerationRequest``.
public struct Generation: Sendable, Hashable, Codable {
  /// The text, without the stop string that ended it.
  public var text: String
  /// Why it ended.
  public var finish: FinishReason
  /// The tokens it took.
  public var usage: Usage

  /// Creates a response.
  public init(text: String, finish: FinishReason, usage: Usage) {
    self.text = text
    self.finish = finish
    self.usage = usage
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
  /// The model or its provider refused.
  case refused
}

/// Tokens and money of one call or of many.
public struct Usage: Sendable, Hashable, Codable {
  /// Tokens read, shared prefixes included each time.
  public var promptTokens: Int
  /// Tokens written.
  public var completionTokens: Int
  /// Money in US dollars; 0 for models that run here.
  public var dollars: Double

  /// Creates a usage.
  public init(promptTokens: Int = 0, completionTokens: Int = 0, dollars: Double = 0) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.dollars = dollars
  }

  /// Tokens read and written.
  public var tokens: Int { promptTokens + completionTokens }

  /// The sum of two usages.
  public static func + (a: Usage, b: Usage) -> Usage {
    Usage(
      promptTokens: a.promptTokens + b.promptTokens,
      completionTokens: a.completionTokens + b.completionTokens, dollars: a.dollars + b.dollars)
  }

  /// Adds a usage to another.
  public static func += (a: inout Usage, b: Usage) {
    a = a + b
  }
}
