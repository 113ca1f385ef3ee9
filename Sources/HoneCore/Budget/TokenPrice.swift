// SPDX-License-Identifier: Apache-2.0

/// What a model's tokens cost, in US dollars for a million.
public struct TokenPrice: Sendable, Hashable, Codable {
  /// Dollars for a million tokens read.
  public var prompt: Double
  /// Dollars for a million tokens written.
  public var completion: Double
  /// Dollars for a million tokens read that the service had in its cache; ``prompt`` when nil.
  public var cachedPrompt: Double?

  /// Creates a price.
  public init(prompt: Double, completion: Double, cachedPrompt: Double? = nil) {
    self.prompt = prompt
    self.completion = completion
    self.cachedPrompt = cachedPrompt
  }

  /// The price of what costs nothing, such as a model that runs here.
  public static let free = TokenPrice(prompt: 0, completion: 0)

  /// The dollars that a usage costs.
  public func dollars(for usage: Usage) -> Double {
    let cached = min(usage.cachedPromptTokens, usage.promptTokens)
    return
      (Double(usage.promptTokens - cached) * prompt
      + Double(cached) * (cachedPrompt ?? prompt)
      + Double(usage.completionTokens) * completion) / 1e6
  }
}
