// SPDX-License-Identifier: Apache-2.0

/// Sends requests over the network.
///
/// An implementer follows no redirect, bounds the body, and throws ``TransportFailure`` or
/// `CancellationError`, nothing else.
protocol Transport: Sendable {
  /// Sends a request and reads the response to its end.
  func send(_ call: HTTPCall) async throws -> HTTPReply
}

/// Why there is no whole response.
enum TransportFailure: Error, Sendable, Hashable {
  /// The connection could not be made, was reset, or ended before the body did.
  case connection(String)
  /// The server was silent for too long.
  case timeout
  /// The body is larger than allowed, in bytes.
  case tooLarge(limit: Int)
  /// The address cannot be used.
  case badAddress(String)
}
