// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Which of the best prompts by dev are scored on training rows too before one is returned.
///
/// The best of many prompts on the same few rows owes part of its score to luck. Rows that no prompt was
/// chosen by tell which one is good.
public struct Finalists: Sendable, Hashable {
  /// How many of the best prompts there are; below 2 none is scored again.
  public var count: Int
  /// The most dev rows with which it is done; nil for any number.
  public var mostDev: Int?
  /// Whether no more training rows are taken than there are dev rows.
  public var isBrief: Bool

  /// Creates the rule.
  public init(count: Int, mostDev: Int? = nil, isBrief: Bool = false) {
    self.count = count
    self.mostDev = mostDev
    self.isBrief = isBrief
  }

  /// As in the papers: dev decides.
  public static let none = Finalists(count: 0)
  /// What the catalog takes where nothing is said: five, on as many training rows as there are dev
  /// rows, where these are few.
  public static let usual = Finalists(count: 5, mostDev: 50, isBrief: true)

  /// How many training rows each of them is scored on; 0 where dev decides.
  public func rows(train: Int, dev: Int) -> Int {
    guard count > 1, mostDev.map({ dev <= $0 }) ?? true else { return 0 }
    return isBrief ? min(train, dev) : train
  }
}
