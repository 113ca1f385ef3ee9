// SPDX-License-Identifier: Apache-2.0

/// Limits of the network in seconds, bytes and connections.
public struct TransportOptions: Sendable, Hashable {
  /// The most seconds until a connection stands.
  public var connectSeconds: Double
  /// The most seconds without a byte.
  public var silenceSeconds: Double
  /// The most seconds of a whole request.
  public var totalSeconds: Double
  /// The most bytes of a body.
  public var bodyLimit: Int
  /// The most connections to a host.
  public var connections: Int

  /// Creates limits.
  public init(
    connectSeconds: Double = 15, silenceSeconds: Double = 120, totalSeconds: Double = 600,
    bodyLimit: Int = 64 << 20, connections: Int = 256
  ) {
    self.connectSeconds = connectSeconds
    self.silenceSeconds = silenceSeconds
    self.totalSeconds = totalSeconds
    self.bodyLimit = bodyLimit
    self.connections = connections
  }
}
