// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What was used, each with its limit where there is one.
public struct BudgetUse: Sendable, Hashable {
  /// What was used.
  public var spend: Spend
  /// The limits.
  public var budget: Budget

  /// Creates a line.
  public init(spend: Spend, budget: Budget) {
    self.spend = spend
    self.budget = budget
  }

  /// Such as `1204 of 5000 calls · 183 220 tokens · 1 min 40 s`.
  public var text: String {
    let usage = spend.totalUsage
    var parts = [
      Self.part(
        Figures.count(spend.totalCalls, separator: " "),
        budget.calls.map {
          Figures.count($0, separator: " ")
        }) + (spend.totalCalls == 1 && budget.calls == nil ? " call" : " calls"),
      Self.part(
        Figures.count(usage.tokens, separator: " "),
        budget.tokens.map {
          Figures.count($0, separator: " ")
        }) + " tokens",
      Self.part(Figures.duration(spend.seconds), budget.seconds.map(Figures.duration)),
    ]
    if usage.dollars > 0 || budget.dollars != nil {
      parts.append(Self.part(Figures.dollars(usage.dollars), budget.dollars.map(Figures.dollars)))
    }
    return parts.joined(separator: " · ")
  }

  private static func part(_ used: String, _ limit: String?) -> String {
    limit.map { "\(used) of \($0)" } ?? used
  }
}
