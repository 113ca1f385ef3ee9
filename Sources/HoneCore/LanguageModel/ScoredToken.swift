// SPDX-License-Identifier: Apache-2.0

/// A token of a response and how likely the model held it.
public struct ScoredToken: Sendable, Hashable, Codable {
  /// The text it adds; the replacement character where it ends within a character.
  public var text: String
  /// The natural logarithm of its probability at temperature 1, at most 0.
  public var logProbability: Double
  /// Its number in the model's vocabulary, where the model tells it.
  public var number: Int32?

  /// Creates a token.
  public init(text: String, logProbability: Double, number: Int32? = nil) {
    self.text = text
    self.logProbability = logProbability
    self.number = number
  }
}

extension [ScoredToken] {
  /// The first tokens, as many as it takes to write a text that they begin with.
  package func covering(_ text: String) -> [ScoredToken] {
    var bytes = 0
    let needed = text.utf8.count
    return Array(
      prefix { token in
        defer { bytes += token.text.utf8.count }
        return bytes < needed
      })
  }
}
