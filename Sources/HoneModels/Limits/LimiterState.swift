// SPDX-License-Identifier: Apache-2.0

/// What an endpoint allows now, as a value without clock or tasks.
struct LimiterState: Sendable {
  /// Whether a request may go.
  enum Admission: Sendable, Hashable {
    case go
    /// After so many seconds.
    case after(Double)
    /// When another request is done.
    case whenOneIsDone
  }

  private(set) var concurrency: AdaptiveConcurrency
  private(set) var inFlight = 0
  private var requests: RateBucket?
  private var tokens: RateBucket?
  private var pausedUntil = -Double.infinity

  init(_ limits: ServiceLimits, now: Double) {
    concurrency = AdaptiveConcurrency(start: limits.startInFlight, maximum: limits.mostInFlight)
    requests = limits.requestsPerMinute.map { RateBucket(perMinute: $0, now: now) }
    tokens = limits.tokensPerMinute.map { RateBucket(perMinute: $0, now: now) }
  }

  /// Lets a request go, which then counts, or tells when to ask again.
  mutating func admit(tokens amount: Int, now: Double) -> Admission {
    guard inFlight < concurrency.limit else { return .whenOneIsDone }
    var wait = max(0, pausedUntil - now)
    wait = max(wait, requests?.wait(for: 1, now: now) ?? 0)
    wait = max(wait, tokens?.wait(for: Double(amount), now: now) ?? 0)
    guard wait <= 0 else { return .after(wait) }
    inFlight += 1
    requests?.take(1)
    tokens?.take(Double(amount))
    return .go
  }

  /// Takes the end of a request that was let go.
  mutating func done(_ end: RequestEnd, reserved: Int, sentIn epoch: Int, now: Double) {
    inFlight -= 1
    if let used = end.usedTokens { tokens?.take(Double(used - reserved)) }
    if end.isAnswer { concurrency.succeeded() }
    if end.isOverload { concurrency.overloaded(sentIn: epoch) }
    if let pause = end.pause { pausedUntil = max(pausedUntil, now + pause) }
    learn(end.rates, now: now)
  }

  private mutating func learn(_ rates: RateHeaders, now: Double) {
    if let limit = rates.requestLimit, requests == nil {
      requests = RateBucket(perMinute: limit, now: now)
    }
    if let limit = rates.tokenLimit, tokens == nil {
      tokens = RateBucket(perMinute: limit, now: now)
    }
    requests?.learn(perMinute: rates.requestLimit, remaining: rates.requestsLeft, now: now)
    tokens?.learn(perMinute: rates.tokenLimit, remaining: rates.tokensLeft, now: now)
  }
}

/// How a request ended, as far as the limits care.
struct RequestEnd: Sendable, Hashable {
  var isAnswer = false
  /// What it says of the endpoint's health.
  var sign = EndpointHealth.Sign.none
  var isOverload = false
  /// Seconds in which nothing more is to be sent.
  var pause: Double?
  var usedTokens: Int?
  var rates = RateHeaders()
}

/// The limits each address of a service is used within.
public struct ServiceLimits: Sendable, Hashable {
  /// Requests in flight at first.
  public var startInFlight: Int
  /// The most requests in flight.
  public var mostInFlight: Int
  /// Requests a minute, nil when only the service's own headers tell.
  public var requestsPerMinute: Double?
  /// Tokens a minute, nil when only the service's own headers tell.
  public var tokensPerMinute: Double?

  /// Creates limits.
  public init(
    startInFlight: Int = 64, mostInFlight: Int = 64, requestsPerMinute: Double? = nil,
    tokensPerMinute: Double? = nil
  ) {
    self.startInFlight = startInFlight
    self.mostInFlight = mostInFlight
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
  }
}
