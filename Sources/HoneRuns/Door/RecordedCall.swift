// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore

/// A request that is looked up before it is made and recorded after.
protocol RecordedCall: Codable, Sendable {
  associatedtype Response: Codable, Sendable

  /// The kind of call in the journal.
  static var kind: CallKind { get }
  /// Whether it counts in the budget and may be answered from the cache across runs.
  static var isModelCall: Bool { get }
  /// The most it may use.
  func worstCase(_ price: TokenPrice?) -> CallEstimate
  /// What a response used.
  static func usage(of response: Response) -> Usage
  /// How a response ended, when it is no whole answer.
  static func ending(of response: Response) -> CallEnding?
}

extension RecordedCall {
  static var isModelCall: Bool { true }

  static func ending(of response: Response) -> CallEnding? { nil }
}

extension GenerationRequest: RecordedCall {
  static var kind: CallKind { .generate }

  func worstCase(_ price: TokenPrice?) -> CallEstimate {
    CallEstimate(input: input, completionTokens: maxTokens, price: price)
  }

  static func usage(of response: Generation) -> Usage { response.usage }

  static func ending(of response: Generation) -> CallEnding? { response.ending }
}

extension LikelihoodRequest: RecordedCall {
  static var kind: CallKind { .likelihoods }

  func worstCase(_ price: TokenPrice?) -> CallEstimate {
    let continuations = continuations.reduce(0) { $0 + CallEstimate.tokens(of: $1) }
    return CallEstimate(input: input, completionTokens: continuations, price: price)
  }

  static func usage(of response: Likelihoods) -> Usage { response.usage }
}

/// A text to embed.
struct EmbeddingCall: RecordedCall {
  var text: String

  static var kind: CallKind { .embed }

  func worstCase(_ price: TokenPrice?) -> CallEstimate {
    CallEstimate(input: .text(text), completionTokens: 0, price: price)
  }

  static func usage(of response: Embedding) -> Usage { response.usage }
}
