// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a run will need, worked out before anything is sent: the dry run.
public struct RunPlan: Sendable, Hashable {
  /// The task's limits.
  public var budget: Budget
  /// Calls of one evaluation of one example.
  public var callsPerExample: Int
  /// Calls of the search: the least with which it can do one step, and the most it will use.
  public var search: SearchCost
  /// Calls of the final test of the seed and the best prompt.
  public var finalTestCalls: Int
  /// Tokens of the final test at most, with the seed's prompt for both.
  public var finalTestTokens: Int

  /// The calls below which the run is refused.
  public var minimumCalls: Int { search.minimum + finalTestCalls }

  /// The tokens below which the run is refused: the final test's at most, and as much for each call
  /// of the search.
  public var minimumTokens: Int {
    guard finalTestCalls > 0 else { return 0 }
    return finalTestTokens + finalTestTokens * search.minimum / finalTestCalls
  }

  /// The calls the run makes at most: the full search, or what the budget allows.
  public var maximumCalls: Int {
    let full = search.maximum + finalTestCalls
    return budget.calls.map { min($0, full) } ?? full
  }
}

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
