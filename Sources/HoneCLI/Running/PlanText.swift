// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneReport
import HoneRuns

/// What a run will cost at most, before anything is sent.
struct PlanText: Sendable {
  let plan: RunPlan

  init(_ plan: RunPlan) {
    self.plan = plan
  }

  var text: String {
    func calls(_ number: Int) -> String { Figures.count(number, "call", separator: " ") }
    let limits = BudgetLine.limits(of: plan.budget)
    var lines = [
      "At most \(calls(plan.maximumCalls)):",
      "  search      \(calls(plan.search.minimum)) for one step, \(calls(plan.search.maximum)) for all",
      "  final test  \(calls(plan.finalTestCalls)), about "
        + "\(Figures.count(plan.finalTestTokens, "token", separator: " ")) at most",
      "  all         about \(Figures.count(plan.maximumTokens, "token", separator: " ")) at most"
        + (plan.maximumDollars.map { ", \(Figures.dollars($0))" } ?? ""),
      "  limits      " + (limits.isEmpty ? "none" : limits.joined(separator: ", ")),
    ]
    if plan.callsPerExample > 1 {
      let usual = calls(plan.usualCallsPerExample)
      lines.append(
        plan.usualCallsPerExample == plan.callsPerExample
          ? "  each example takes \(usual)"
          : "  each example takes \(usual), at most \(plan.callsPerExample) where replies must be "
            + "asked for again")
    }
    lines.append(
      plan.maximumDollars == nil
        ? "The task model's price is not known, so no money is reckoned. Nothing was called."
        : "Reckoned with the seed's prompt and answers of full length; usually it is much less. "
          + "Nothing was called.")
    return lines.joined(separator: "\n")
  }

  var json: String {
    func number(_ value: Int) -> JSONValue { .number(Double(value)) }
    return JSONLine.text([
      "type": .string("plan"), "maximumCalls": number(plan.maximumCalls),
      "searchMinimumCalls": number(plan.search.minimum),
      "searchMaximumCalls": number(plan.search.maximum),
      "finalTestCalls": number(plan.finalTestCalls),
      "finalTestTokens": number(plan.finalTestTokens),
      "callsPerExample": number(plan.callsPerExample),
      "usualCallsPerExample": number(plan.usualCallsPerExample),
      "maximumTokens": number(plan.maximumTokens),
      "maximumDollars": plan.maximumDollars.map { .number($0) } ?? .null,
    ])
  }
}
