// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Who answers requests: its endpoints, and the one limiter of all who use it.
final class Service: Sendable {
  /// The name for people, such as `openai` or the host and port.
  let name: String
  let endpoints: [Endpoint]
  let limiter: Limiter
  let retries: RetryPolicy
  let clock: RequestClock

  init(name: String, endpoints: [Endpoint], options: RemoteOptions) {
    self.name = name
    self.endpoints = endpoints
    retries = options.retries
    clock = options.clock
    limiter = Limiter(options.limits, endpoints: endpoints.count, clock: options.clock)
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
