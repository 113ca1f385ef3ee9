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
      "  limits      " + (limits.isEmpty ? "none" : limits.joined(separator: ", ")),
    ]
    if plan.callsPerExample > 1 {
      lines.append("  each example takes \(plan.callsPerExample) calls")
    }
    lines.append(
      "Models that run here cost no money; those behind an API cost what the provider asks. "
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
    ])
  }
}
