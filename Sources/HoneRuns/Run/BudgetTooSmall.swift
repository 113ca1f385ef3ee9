// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A budget with which the optimizer cannot do one step and the final test.
public struct BudgetTooSmall: Error, Sendable, Hashable, CustomStringConvertible {
  /// Which limit is too small.
  public var limit: BudgetExhausted.Limit
  /// The amount given.
  public var given: Int
  /// The least amount.
  public var needed: Int
  /// The part of it that the final test takes.
  public var finalTest: Int

  /// What is needed and what was given.
  public var description: String {
    "the budget of \(given) \(limit.rawValue) is too small: one step of the search and the final "
      + "test need \(needed), of which the test takes \(finalTest); "
      + "raise budget.\(limit.rawValue) to at least \(needed) or use fewer examples"
  }
}
