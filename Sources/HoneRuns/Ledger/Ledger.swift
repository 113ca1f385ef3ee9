// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a run has used, has reserved, and keeps back for the final test.
///
/// A call is reserved with its worst case before it is sent and settled with what it used. All
/// decisions depend on requests and recorded responses only, so a replay takes them again.
struct Ledger: Sendable {
  /// The limits.
  let budget: Budget
  /// What was used and settled; the seconds are the session's to fill in.
  private(set) var spend = Spend()
  /// What the final test of the seed and the best prompt takes at most.
  var finalTest = CallEstimate()
  private var reserved = CallEstimate()

  init(budget: Budget) {
    self.budget = budget
  }

  /// Reserves a call.
  /// - Throws: `BudgetExhausted` when it does not fit; nothing is reserved then.
  mutating func reserve(_ estimate: CallEstimate) throws(BudgetExhausted) {
    let usage = spend.totalUsage
    let held = reserved + estimate + finalTest
    try Self.check(.calls, budget.calls.map(Double.init), Double(spend.totalCalls + held.calls))
    try Self.check(.tokens, budget.tokens.map(Double.init), Double(usage.tokens + held.tokens))
    try Self.check(.dollars, budget.dollars, usage.dollars + held.dollars)
    reserved = reserved + estimate
  }

  /// Gives back all that is reserved, before the batch's calls are charged.
  mutating func release() {
    reserved = CallEstimate()
  }

  /// Charges an answered call, and counts its ending when it gave no whole answer.
  mutating func charge(_ usage: Usage, ending: CallEnding?, as role: ModelRole) {
    spend.calls[role, default: 0] += 1
    spend.usage[role, default: Usage()] += usage
    if let ending { spend.endings[role, default: CallEndings()].add(ending) }
  }

  /// What may still be used by the search.
  var remaining: Budget {
    let usage = spend.totalUsage
    let held = reserved + finalTest
    return Budget(
      calls: budget.calls.map { max(0, $0 - spend.totalCalls - held.calls) },
      tokens: budget.tokens.map { max(0, $0 - usage.tokens - held.tokens) },
      dollars: budget.dollars.map { max(0, $0 - usage.dollars - held.dollars) })
  }

  private static func check(
    _ limit: BudgetExhausted.Limit, _ allowed: Double?, _ needed: Double
  ) throws(BudgetExhausted) {
    guard let allowed, needed > allowed else { return }
    throw BudgetExhausted(limit: limit, allowed: allowed, needed: needed)
  }
}
