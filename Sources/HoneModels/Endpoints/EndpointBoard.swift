// SPDX-License-Identifier: Apache-2.0

/// What each endpoint of a service allows now, as a value without clock or tasks.
struct EndpointBoard: Sendable {
  /// An endpoint that a request may go to.
  struct Place: Sendable, Hashable {
    var endpoint: Int
    /// Counts the times that the endpoint's concurrency shrank.
    var epoch: Int
    /// Whether the request tries an endpoint that was set aside.
    var isTrial = false
  }

  /// Whether and where a request may go.
  enum Admission: Sendable, Hashable {
    case go(Place)
    /// After so many seconds.
    case after(Double)
    /// When another request is done.
    case whenOneIsDone
  }

  private struct Entry: Sendable {
    var limits: LimiterState
    var health = EndpointHealth()
    /// The number of the last request that went there.
    var last = 0
  }

  private var entries: [Entry]
  private var sent = 0

  init(_ limits: ServiceLimits, endpoints: Int, now: Double) {
    let entry = Entry(limits: LimiterState(limits, now: now))
    entries = Array(repeating: entry, count: max(1, endpoints))
  }

  /// The most that may be in flight now, over all endpoints.
  var limit: Int { entries.reduce(0) { $0 + $1.limits.concurrency.limit } }
  /// How many are in flight.
  var inFlight: Int { entries.reduce(0) { $0 + $1.limits.inFlight } }

  /// Lets a request go to the endpoint with the fewest in flight, or tells when to ask again.
  mutating func admit(tokens: Int, now: Double) -> Admission {
    var wait = Double.infinity
    for endpoint in order(now: now) {
      switch entries[endpoint].limits.admit(tokens: tokens, now: now) {
      case .go:
        let isTrial = entries[endpoint].health.isDue(now: now)
        if isTrial { entries[endpoint].health.tried() }
        sent += 1
        entries[endpoint].last = sent
        let epoch = entries[endpoint].limits.concurrency.epoch
        return .go(Place(endpoint: endpoint, epoch: epoch, isTrial: isTrial))
      case .after(let seconds): wait = min(wait, seconds)
      case .whenOneIsDone: break
      }
    }
    return wait.isFinite ? .after(wait) : .whenOneIsDone
  }

  /// Takes the end of a request.
  /// - Returns: What became of its endpoint, when that changed.
  @discardableResult
  mutating func done(
    _ end: RequestEnd, at place: Place, reserved: Int, now: Double
  ) -> EndpointChange? {
    entries[place.endpoint].limits.done(end, reserved: reserved, sentIn: place.epoch, now: now)
    return entries[place.endpoint].health.ended(end.sign, isTrial: place.isTrial, now: now)
  }

  /// The endpoints in the order in which a request tries them.
  ///
  /// Those that are due for a trial, then the good ones by what is in flight, the one longest unused
  /// first. Without a good one all are used, so that requests fail in the end rather than wait for
  /// ever.
  private func order(now: Double) -> [Int] {
    var due: [Int] = []
    var usual: [Int] = []
    let hasGood = entries.contains { $0.health.isGood }
    for index in entries.indices {
      if entries[index].health.isDue(now: now) {
        due.append(index)
      } else if entries[index].health.isGood || !hasGood {
        usual.append(index)
      }
    }
    return due
      + usual.sorted { left, right in
        let (a, b) = (entries[left], entries[right])
        return (a.limits.inFlight, a.last) < (b.limits.inFlight, b.last)
      }
  }
}
