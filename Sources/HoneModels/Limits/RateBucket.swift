// SPDX-License-Identifier: Apache-2.0

/// So many units a minute, of which ten seconds' worth may be used at once.
struct RateBucket: Sendable, Hashable {
  /// Units a minute.
  private(set) var perMinute: Double
  private var level: Double
  private var updated: Double

  init(perMinute: Double, now: Double) {
    self.perMinute = max(1, perMinute)
    level = max(1, perMinute / 6)
    updated = now
  }

  private var burst: Double { max(1, perMinute / 6) }

  /// The seconds until an amount may be used, 0 for now; one above the burst counts as the burst.
  mutating func wait(for amount: Double, now: Double) -> Double {
    refill(now)
    let missing = min(amount, burst) - level
    return missing <= 1e-9 ? 0 : missing / perMinute * 60
  }

  /// Uses an amount; a negative one gives back.
  mutating func take(_ amount: Double) {
    level = min(burst, level - amount)
  }

  /// Learns what the service says of its limit and of what is left.
  mutating func learn(perMinute: Double?, remaining: Double?, now: Double) {
    refill(now)
    if let perMinute, perMinute >= 1 { self.perMinute = perMinute }
    if let remaining { level = min(level, max(0, remaining)) }
    level = min(level, burst)
  }

  private mutating func refill(_ now: Double) {
    guard now > updated else { return }
    level = min(burst, level + (now - updated) / 60 * perMinute)
    updated = now
  }
}
