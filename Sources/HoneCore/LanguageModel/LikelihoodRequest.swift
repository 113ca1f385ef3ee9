// SPDX-License-Identifier: Apache-2.0

/// Asks how likely each continuation is after an input.
public struct LikelihoodRequest: Sendable, Hashable, Codable {
  /// The chat (up to the assistant's turn) or text before the continuation.
  public var input: ModelInput
  /// The continuations, such as `[" positive", " negative"]`.
  public var continuations: [String]

  /// Creates a request.
  public init(input: ModelInput, continuations: [String]) {
    self.input = input
    self.continuations = continuations
  }
}

/// The likelihood of each continuation of one request, in the request's order.
public struct Likelihoods: Sendable, Hashable, Codable {
  /// One entry a continuation.
  public var continuations: [ContinuationLikelihood]
  /// The tokens it took.
  public var usage: Usage

  /// Creates the likelihoods.
  public init(continuations: [ContinuationLikelihood], usage: Usage) {
    self.continuations = continuations
    self.usage = usage
  }
}

/// How likely one continuation is.
public struct ContinuationLikelihood: Sendable, Hashable, Codable {
  /// The sum of its tokens' natural log-probabilities.
  public var logProbability: Double
  /// The number of its tokens.
  public var tokenCount: Int

  /// Creates an entry.
  public init(logProbability: Double, tokenCount: Int) {
    self.logProbability = logProbability
    self.tokenCount = tokenCount
  }
}
