// SPDX-License-Identifier: Apache-2.0

/// A prompt as a user wrote it, and one that a model answers better.
public struct PromptPair: Sendable, Hashable, Codable {
  /// The user's prompt.
  public var prompt: String
  /// The better one.
  public var rewrite: String

  /// Creates a pair.
  public init(prompt: String, rewrite: String) {
    self.prompt = prompt
    self.rewrite = rewrite
  }
}
