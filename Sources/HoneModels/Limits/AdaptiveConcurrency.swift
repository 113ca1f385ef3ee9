// SPDX-License-Identifier: Apache-2.0

/// How many requests may be in flight: more while all goes well, fewer when the service is overloaded.
///
/// Grows by one with each answer until the first overload, then by one for as many answers as are in
/// flight; shrinks to 7/10 once for all requests that were in flight at an overload.
struct AdaptiveConcurrency: Sendable, Hashable {
  /// The most in flight, ever.
  let maximum: Int
  /// Counts the times it shrank; a request remembers the one it was sent in.
  private(set) var epoch = 0
  private var exact: Double
  private var isStarting = true

  init(start: Int, maximum: Int) {
    self.maximum = max(1, maximum)
    exact = Double(max(1, min(start, maximum)))
  }

  /// How many may be in flight now.
  var limit: Int { Int(exact) }

  /// Takes an answer.
  mutating func succeeded() {
    exact = min(Double(maximum), exact + (isStarting ? 1 : 1 / exact))
  }

  /// Takes an overload, told by a request that was sent in an epoch.
  mutating func overloaded(sentIn epoch: Int) {
    guard epoch == self.epoch else { return }
    self.epoch += 1
    isStarting = false
    exact = max(1, exact * 0.7)
  }
}
