// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A budget in words.
public enum BudgetLine {
  /// Each limit with its unit, such as `5 000 calls`.
  public static func limits(of budget: Budget) -> [String] {
    [
      budget.calls.map { Figures.count($0, "call") },
      budget.tokens.map { Figures.count($0, "token") },
      budget.seconds.map { Figures.duration($0) },
      budget.dollars.map { Figures.dollars($0) },
      budget.failures.map { "\(Figures.percent($0)) of calls failed" },
    ].compactMap(\.self)
  }
}
