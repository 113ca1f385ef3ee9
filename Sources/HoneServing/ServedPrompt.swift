// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a client asks of a prompter.
public struct ServedPrompt: Sendable, Hashable {
  /// The model by the name that the client gave.
  public var model: String
  /// The user's prompt.
  public var prompt: String
  /// How many rewrites.
  public var count: Int
  /// The most tokens of each; nil for the server's limit.
  public var maxTokens: Int?
  /// What logits are divided by; nil where the client leaves it open.
  public var temperature: Double?
  /// The share of chances that is drawn from; nil for all.
  public var topP: Double?
  /// How many of the likeliest tokens are drawn from; nil for all.
  public var topK: Int?
  /// What rewrites are drawn from.
  public var seed: UInt64

  /// Creates a request.
  public init(
    model: String, prompt: String, count: Int = 1, maxTokens: Int? = nil,
    temperature: Double? = nil, topP: Double? = nil, topK: Int? = nil, seed: UInt64 = 0
  ) {
    self.model = model
    self.prompt = prompt
    self.count = count
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.topP = topP
    self.topK = topK
    self.seed = seed
  }
}

/// A model that is served.
public struct ServedModel: Sendable, Hashable {
  /// Its name, such as `prompter:mine`.
  public var name: String
  /// When it was made, in seconds since 1970.
  public var created: Int

  /// Creates an entry.
  public init(name: String, created: Int) {
    self.name = name
    self.created = created
  }
}

/// What a server serves: models that rewrite prompts.
///
/// An implementer answers requests that come at the same time side by side, and throws
/// ``ServedError`` for those that it does not take.
public protocol PromptService: Sendable {
  /// The models there are.
  func models() async throws -> [ServedModel]
  /// The rewrites of a prompt, `count` of them.
  func rewrites(of request: ServedPrompt) async throws -> [Generation]
}
