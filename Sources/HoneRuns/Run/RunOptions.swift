// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// How a run is carried out; nothing here changes what it finds.
public struct RunOptions: Sendable {
  /// The file of the cache across runs, or nil to do without.
  public var cache: URL?
  /// The bytes the cache may grow to before its oldest answers go.
  public var cacheBytes: Int
  /// The share of failed calls, in 0…1, above which a run stops to be resumed later.
  public var failureShare: Double
  /// How many of the last calls the share is taken of.
  public var failureWindow: Int
  /// The seconds that a metric's program may take for one batch.
  public var commandSeconds: Double
  /// Prices by role, for the worst case that is reserved before a call is sent.
  public var prices: [ModelRole: TokenPrice]
  /// Where the time comes from.
  public var clock: RunClock

  /// Creates options.
  public init(
    cache: URL? = nil, cacheBytes: Int = 1 << 30, failureShare: Double = 0.1,
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

/// What a model's tokens cost, in US dollars for a million.
public struct TokenPrice: Sendable, Hashable, Codable {
  /// Dollars for a million tokens read.
  public var prompt: Double
  /// Dollars for a million tokens written.
  public var completion: Double

  /// Creates a price.
  public init(prompt: Double, completion: Double) {
    self.prompt = prompt
    self.completion = completion
  }
}
