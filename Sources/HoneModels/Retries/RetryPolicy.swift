// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// How often and after how long a request is sent again.
public struct RetryPolicy: Sendable, Hashable {
  /// The most times a request is sent.
  public var attempts: Int
  /// The longest wait after the first failure, in seconds; it doubles with each.
  public var firstDelay: Double
  /// The longest wait without word from the service, in seconds.
  public var longestDelay: Double
  /// The longest wait the service may ask for, in seconds; above it the request fails.
  public var longestAskedDelay: Double

  /// Creates a policy.
  public init(
    attempts: Int = 10, firstDelay: Double = 0.5, longestDelay: Double = 30,
    longestAskedDelay: Double = 300
  ) {
    self.attempts = attempts
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.longestAskedDelay = longestAskedDelay
  }

  /// The seconds before a request that failed so often is sent again, or nil when it is not.
  ///
  /// The wait is drawn between half and all of its length, so that requests which failed together do
  /// not come back together; one that the service asked for is never made shorter.
  func delay(
    afterFailures failures: Int, asked: Double?, using generator: inout SeededGenerator
  ) -> Double? {
    guard failures < attempts else { return nil }
    if let asked, asked > longestAskedDelay { return nil }
    var longest = firstDelay
    for _ in 1..<max(2, failures) where longest < longestDelay && failures > 1 { longest *= 2 }
    longest = min(longest, longestDelay)
    let own = longest * (0.5 + 0.5 * generator.nextUnit())
    guard let asked else { return own }
    return asked + own * 0.1
  }
}
