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
  private let news: @Sendable (String) -> Void

  init(name: String, endpoints: [Endpoint], options: RemoteOptions) {
    self.name = name
    self.endpoints = endpoints
    retries = options.retries
    clock = options.clock
    news = options.news
    limiter = Limiter(options.limits, endpoints: endpoints.count, clock: options.clock)
  }

  /// Tells what became of an endpoint, where there are others to go on with.
  func tell(_ change: EndpointChange, of endpoint: Endpoint) {
    guard endpoints.count > 1 else { return }
    switch change {
    case .setAside:
      news("\(endpoint.name) does not answer and is set aside; it is tried again from time to time")
    case .back: news("\(endpoint.name) answers again")
    }
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
  /// Takes what users should know of services at work, a sentence without its full stop at a time.
  ///
  /// Such as that one of several servers was set aside, or answers again. Called from any thread.
  public var news: @Sendable (String) -> Void

  /// Creates options.
  public init(
    limits: ServiceLimits = ServiceLimits(), retries: RetryPolicy = RetryPolicy(),
    transport: TransportOptions = TransportOptions(), clock: RequestClock = .system,
    news: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.limits = limits
    self.retries = retries
    self.transport = transport
    self.clock = clock
    self.news = news
  }
}
