// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneCore

/// Limits that take the place of the task file's.
struct BudgetOptions: ParsableArguments {
  @Option(
    name: .customLong("budget-calls"),
    help: ArgumentHelp("The most model calls, all roles together.", valueName: "n"),
    transform: Amount.calls)
  var calls: Int?

  @Option(
    name: .customLong("budget-tokens"),
    help: ArgumentHelp("The most tokens read and written, such as 2M.", valueName: "n"),
    transform: Amount.tokens)
  var tokens: Int?

  @Option(
    name: .customLong("budget-time"),
    help: ArgumentHelp("The most wall time, such as 90s, 15m or 1h30m.", valueName: "time"),
    transform: Amount.seconds)
  var seconds: Double?

  @Option(
    name: .customLong("budget-money"),
    help: ArgumentHelp("The most money in US dollars, such as 2.50.", valueName: "dollars"),
    transform: Amount.dollars)
  var dollars: Double?

  @OptionGroup var failures: FailureOptions

  /// The budget with the limits given in place of its own.
  func applied(to budget: Budget) -> Budget {
    Budget(
      calls: calls ?? budget.calls, tokens: tokens ?? budget.tokens,
      seconds: seconds ?? budget.seconds, dollars: dollars ?? budget.dollars,
      failures: failures.share ?? budget.failures)
  }
}

/// How many calls may fail.
struct FailureOptions: ParsableArguments {
  @Option(
    name: .customLong("budget-failures"),
    help: ArgumentHelp(
      "The share of the last 200 calls that may fail before the run stops, such as 25%.",
      valueName: "share"),
    transform: Amount.share)
  var share: Double?
}
