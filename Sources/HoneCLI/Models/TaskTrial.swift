// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import HoneReport
import HoneRuns

/// A few rows of a task under its seed prompt, and what a whole run would take at their rate.
struct TaskTrial: Sendable {
  /// What a row took on average, and what a run takes at that rate.
  struct Forecast: Sendable, Hashable {
    /// Calls of a run at most.
    var calls: Int
    /// Tokens and dollars at the rows' rate; no money when no price is known.
    var tokens: Int
    var dollars: Double?
    /// Dollars at most, with every answer of full length.
    var dollarsAtMost: Double?
    var seconds: Double
  }

  let loaded: LoadedTask
  let model: any LanguageModel
  let prices: [ModelRole: TokenPrice]
  /// Requests that go at once in a run.
  let inFlight: Int
  var clock = ContinuousClock()

  /// The most rows that are asked about.
  static let rows = 8

  /// Scores the first rows of dev and reckons the run.
  /// - Throws: `ModelError` and `RunError` for what a run would fail with too.
  func forecast() async throws -> (evaluation: Evaluation, spend: Spend, forecast: Forecast) {
    var small = loaded
    small.splits.dev = Array(loaded.splits.dev.prefix(Self.rows))
    small.task.budget = Budget()
    // A judge or a program would not be asked by this model.
    if small.task.metric.needsWorld { small.task.metric = .length(maxWords: 1_000_000) }
    var options = RunOptions()
    options.prices = prices
    let plan = try RunPlan(
      loaded, optimizer: try Catalog.make(loaded.task.optimizer, for: loaded.task.program),
      options: options)
    let run = try EvaluationRun(small, models: ModelSet(task: model), options: options)
    let start = clock.now
    let found = try await run.evaluate([Candidate(seedOf: small.task.program)], on: .dev)
    let seconds = (clock.now - start) / .seconds(1)
    guard let evaluation = found.first else {
      throw ModelError(.engine, "\(model.identity.name) answered no row")
    }
    return (
      evaluation, run.spend, Self.forecast(plan, run.spend, seconds: seconds, inFlight: inFlight)
    )
  }

  /// A run at the rate of what was used in some seconds; a batch goes in waves of so many in flight.
  static func forecast(
    _ plan: RunPlan, _ spend: Spend, seconds: Double, inFlight: Int
  ) -> Forecast {
    let asked = max(1, spend.totalCalls)
    let share = Double(plan.maximumCalls) / Double(asked)
    let usage = spend.totalUsage
    // So many calls take as long as the few did, as they go at once.
    let together = max(1, Double(max(asked, inFlight)) / Double(asked))
    let tokens = Int((Double(usage.tokens) * share).rounded(.up))
    return Forecast(
      calls: plan.maximumCalls, tokens: min(tokens, plan.budget.tokens ?? .max),
      dollars: plan.dollarsPerCall.map { _ in
        min(usage.dollars * share, plan.budget.dollars ?? .infinity)
      },
      dollarsAtMost: plan.maximumDollars,
      seconds: min(seconds * share / together, plan.budget.seconds ?? .infinity))
  }
}
