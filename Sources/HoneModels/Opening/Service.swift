// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A place that answers requests: its address, its key, and the one limiter of all who use it.
final class Service: Sendable {
  /// The name for people, such as `openai` or the host and port.
  let name: String
  let key: SecretKey?
  let limiter: Limiter
  let retries: RetryPolicy
  let clock: RequestClock
  private let address: String
  private let transport: any Transport

  init(
    name: String, address: String, key: SecretKey?, transport: any Transport,
    options: RemoteOptions
  ) {
    self.name = name
    self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
    self.key = key
    self.transport = transport
    retries = options.retries
    clock = options.clock
    limiter = Limiter(options.limits, clock: options.clock)
  }

  /// Sends a request once.
  func send(_ call: WireCall, dialect: any Dialect) async throws -> HTTPReply {
    var headers = [("content-type", "application/json"), ("accept", "application/json")]
    headers += dialect.headers(key: key)
    return try await transport.send(
      HTTPCall(
        url: address + call.path,
        headers: headers.map { (name: $0.0, value: $0.1) }, body: call.body))
  }
}

/// How services are used.
public struct RemoteOptions: Sendable {
  /// The limits of each service.
  public var limits: ServiceLimits
  /// How often requests are sent again.
  public var retries: RetryPolicy
  /// The limits of the network.
  public var transport: TransportOptions
  /// The time of waits.
  public var clock: RequestClock

  /// Creates options.
  public init(
    limits: ServiceLimits = ServiceLimits(), retries: RetryPolicy = RetryPolicy(),
    transport: TransportOptions = TransportOptions(), clock: RequestClock = .system
  ) {
    self.limits = limits
    self.retries = retries
    self.transport = transport
    self.clock = clock
  }
}
