// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneRuns

extension OptimizerConformance {
  /// Checks that the budget holds, that the least it asks for suffices, and that less is refused.
  public func checkBudget() async throws {
    let plan = try RunPlan(makeTask(1, Budget()) {}, optimizer: optimizer)
    try require(
      "the least cost is at most the full one", plan.search.minimum <= plan.search.maximum,
      "\(plan.search.minimum) > \(plan.search.maximum)")
    try require("a step costs calls", plan.search.minimum > 0, "minimum \(plan.search.minimum)")

    let free = try await observe()
    let full = plan.search.maximum + plan.finalTestCalls
    try require(
      "an unlimited run makes no more calls than its plan says", free.calls <= full,
      "\(free.calls) calls where the plan says \(full)")

    let middle = (plan.minimumCalls + max(plan.minimumCalls, free.calls)) / 2
    for calls in [plan.minimumCalls, plan.minimumCalls + 7, middle] {
      let run = try await observe(budget: Budget(calls: calls))
      try require(
        "a run keeps to its budget of calls", run.calls <= calls,
        "\(run.calls) calls where \(calls) are allowed")
      try require(
        "the final test is paid for", run.record.result?.bestTest != nil,
        "no test with \(calls) calls")
      try require(
        "every call is counted", run.record.spend.totalCalls == run.calls,
        "\(run.record.spend.totalCalls) counted of \(run.calls)")
    }
    try await checkRefusal(below: plan.minimumCalls)
  }

  private func checkRefusal(below minimum: Int) async throws {
    do {
      _ = try await observe(budget: Budget(calls: minimum - 1))
    } catch let error as BudgetTooSmall {
      return try require(
        "a refused budget is told the number it needs", error.needed == Double(minimum),
        "\(error.needed) instead of \(minimum)")
    }
    throw ConformanceFailure(
      "\(optimizer.name): a budget below the minimum is refused",
      "\(minimum - 1) calls were accepted where \(minimum) are needed")
  }

  /// Checks that the best candidate is one that was evaluated, is not worse than the seed on dev, and
  /// has the score that is claimed.
  public func checkBestCandidate() async throws {
    let record = try await observe().record
    guard let result = record.result else {
      throw ConformanceFailure("\(optimizer.name): a finished run has a result", "there is none")
    }
    let evaluation = record.dev.first { $0.candidate == result.best.id }
    try require(
      "the best candidate was evaluated on all of dev", evaluation != nil,
      "no evaluation of \(result.best.id)")
    try require(
      "the best dev score is the one evaluated", evaluation?.score == result.bestDevScore,
      "\(String(describing: result.bestDevScore)) claimed, "
        + "\(String(describing: evaluation?.score)) evaluated")
    try require(
      "the best is not worse than the seed on dev",
      (result.bestDevScore ?? -1) >= (result.seedDevScore ?? -1),
      "\(String(describing: result.bestDevScore)) < \(String(describing: result.seedDevScore))")
    let known = Set(record.candidates.map(\.id))
    for candidate in record.candidates {
      let strangers = candidate.lineage.parents.filter { !known.contains($0) }
      try require(
        "parents are candidates of the run", strangers.isEmpty,
        "\(candidate.id) names \(strangers.joined(separator: ", "))")
    }
    try checkSteps(record)
  }

  private func checkSteps(_ record: RunRecord) throws {
    var open: Int?
    var finished = 0
    for timed in record.events {
      switch timed.event {
      case .stepStarted(let step, _, _):
        try require("a step starts after the one before it", open == nil, "step \(step)")
        open = step
      case .stepFinished(let step, _, _, _, _):
        try require("a step that ends has started", open == step, "step \(step)")
        open = nil
        finished += 1
      default: break
      }
    }
    try require("at least one step is recorded to its end", finished > 0, "none is")
  }
}
