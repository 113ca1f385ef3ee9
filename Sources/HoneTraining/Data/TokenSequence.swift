// SPDX-License-Identifier: Apache-2.0

/// A text to train on: what is given, and what is to be written after it.
public struct TokenSequence: Sendable, Hashable {
  /// All tokens.
  public var tokens: [Int32]
  /// How many of them are given; the loss is on the others.
  public var promptCount: Int

  /// Creates a sequence.
  public init(tokens: [Int32], promptCount: Int) {
    self.tokens = tokens
    self.promptCount = promptCount
  }

  /// How many tokens are to be written.
  public var targetCount: Int { max(0, tokens.count - promptCount) }
}
