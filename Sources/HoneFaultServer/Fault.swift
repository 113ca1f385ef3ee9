// SPDX-License-Identifier: Apache-2.0

/// A way in which a server fails to answer.
public enum Fault: String, Sendable, Hashable, CaseIterable {
  /// Status 429 with a wait that is asked for.
  case rateLimitWithWait
  /// Status 429 without one.
  case rateLimit
  /// Status 500.
  case serverError
  /// Status 529 with a body that is no JSON.
  case overloaded
  /// The connection is closed before an answer.
  case closedConnection
  /// The body ends before its announced length.
  case cutBody
  /// The body is cut, but as long as announced.
  case truncatedJSON
  /// A page of HTML with the status 200.
  case wrongContentType
  /// A body that is not UTF-8.
  case invalidUTF8
  /// JSON that lacks what a response must have.
  case missingField
  /// A response without choices.
  case noChoice
  /// No byte of an answer comes.
  case silentHead
  /// The body stops coming half-way.
  case silentBody

  /// Whether the client finds out by waiting only.
  var isSlow: Bool { self == .silentHead || self == .silentBody }
}
