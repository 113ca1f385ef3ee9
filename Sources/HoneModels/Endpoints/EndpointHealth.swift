// SPDX-License-Identifier: Apache-2.0

/// Whether an endpoint answers, from how its requests ended.
///
/// After three faults in a row it is set aside for a second. Then one request tries it: an answer
/// brings it back, a fault sets it aside for twice as long, up to a minute.
struct EndpointHealth: Sendable, Hashable {
  /// How a request ended, as far as the endpoint's health goes.
  enum Sign: Sendable, Hashable {
    /// It answered, be it with an error of the request's own.
    case answered
    /// It did not answer, or broke.
    case faulty
    /// The request was given up by the one who sent it.
    case none
  }

  private enum Standing: Sendable, Hashable {
    case good
    case aside(until: Double)
    /// One request is on its way to see whether it answers again.
    case tried
  }

  /// The faults in a row that set it aside.
  static let faultsAllowed = 3
  static let firstPause = 1.0
  static let longestPause = 60.0

  private var standing = Standing.good
  private var faults = 0
  private var pause = firstPause

  /// Whether it takes requests like any other.
  var isGood: Bool { standing == .good }

  /// Whether it was set aside for long enough to be tried.
  func isDue(now: Double) -> Bool {
    guard case .aside(let until) = standing else { return false }
    return now >= until
  }

  /// Takes that the request that tries it was sent.
  mutating func tried() {
    standing = .tried
  }

  /// Takes the end of a request.
  /// - Returns: Whether it was set aside or came back by it; nil when nothing changed, a trial that
  ///   failed included.
  @discardableResult
  mutating func ended(_ sign: Sign, isTrial: Bool, now: Double) -> EndpointChange? {
    switch sign {
    case .answered:
      let wasGood = isGood
      self = EndpointHealth()
      return wasGood ? nil : .back
    case .faulty:
      faults += 1
      // What was sent before it was set aside says nothing new.
      guard isTrial || (isGood && faults >= Self.faultsAllowed) else { return nil }
      let wasGood = isGood
      standing = .aside(until: now + pause)
      pause = min(pause * 2, Self.longestPause)
      return wasGood ? .setAside : nil
    case .none:
      if isTrial, standing == .tried { standing = .aside(until: now) }
      return nil
    }
  }
}

/// What became of an endpoint.
enum EndpointChange: Sendable, Hashable {
  case setAside
  case back
}
