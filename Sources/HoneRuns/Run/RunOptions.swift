// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// How a run is carried out; nothing here changes what it finds.
public struct RunOptions: Sendable {
  /// The file of the cache across runs, or nil to do without.
  public var cache: URL?
  /// The bytes the cache may grow to before its oldest answers go.
  public var cacheBytes: Int
  /// The share of failed calls, in 0…1, above which a run stops to be resumed later; the task's when
  /// nil.
  public var failureShare: Double?
  /// How many of the last calls the share is taken of.
  public var failureWindow: Int
  /// The seconds that a metric's program may take for one batch.
  public var commandSeconds: Double
  /// Prices by role, by which calls are charged and their worst case is reserved.
  ///
  /// A run keeps those it was begun with. A role without one is charged what its model says.
  public var prices: [ModelRole: TokenPrice]
  /// Where the time comes from.
  public var clock: RunClock

  /// Creates options.
  public init(
    cache: URL? = nil, cacheBytes: Int = 1 << 30, failureShare: Double? = nil,
    failureWindow: Int = 200, commandSeconds: Double = 300,
    prices: [ModelRole: TokenPrice] = [:], clock: RunClock = .system
  ) {
    self.cache = cache
    self.cacheBytes = cacheBytes
    self.failureShare = failureShare
    self.failureWindow = failureWindow
    self.commandSeconds = commandSeconds
    self.prices = prices
    self.clock = clock
  }
}
