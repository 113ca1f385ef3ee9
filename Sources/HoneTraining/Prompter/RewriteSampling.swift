// SPDX-License-Identifier: Apache-2.0

/// How freely rewrites are drawn.
public struct RewriteSampling: Sendable, Hashable, Codable {
  /// What logits are divided by; 0 for the likeliest rewrite.
  public var temperature: Double
  /// The share of chances that the tokens drawn from come to; nil for all tokens.
  public var topP: Double?
  /// How many of the likeliest tokens are drawn from; nil for all.
  public var topK: Int?

  /// Creates a way to draw.
  public init(temperature: Double = 0, topP: Double? = nil, topK: Int? = nil) {
    self.temperature = temperature
    self.topP = topP
    self.topK = topK
  }

  /// The likeliest rewrite.
  public static let greedy = RewriteSampling()

  /// Align-Pro's: temperature 1.5, of the 20 likeliest tokens those with 0.6 of the chances.
  public static let alignPro = RewriteSampling(temperature: 1.5, topP: 0.6, topK: 20)

  /// What is out of its range, in words; nil when nothing is.
  public var problem: String? {
    if !(0...10).contains(temperature) {
      return "the temperature is \(temperature), required is 0…10"
    }
    if let topP, !(topP > 0 && topP <= 1) {
      return "top-p is \(topP), required is more than 0 and at most 1"
    }
    if let topK, topK < 1 { return "top-k is \(topK), required is at least 1" }
    return nil
  }
}
