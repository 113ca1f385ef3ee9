// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where a run takes the time from; tests give one that stands still.
public struct RunClock: Sendable {
  /// Seconds since some fixed moment, never going back.
  public var seconds: @Sendable () -> Double
  /// The calendar's time, for names and the report.
  public var now: @Sendable () -> Date

  /// Creates a clock.
  public init(
    seconds: @escaping @Sendable () -> Double, now: @escaping @Sendable () -> Date
  ) {
    self.seconds = seconds
    self.now = now
  }

  /// The machine's clock.
  public static let system = RunClock(
    seconds: { ProcessInfo.processInfo.systemUptime }, now: { Date() })

  /// A clock that stands still.
  public static func fixed(_ date: Date) -> RunClock {
    RunClock(seconds: { 0 }, now: { date })
  }
}
