// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A search for instructions, then a search for demonstrations from its best, under one budget.
///
/// Wan, Sun, Nakhost and Arik, "Teach Better or Show Smarter? On Instructions and Exemplars in
/// Automatic Prompt Optimization", arXiv:2406.15708: any search for instructions gains from even a
/// simple search for exemplars after it. Cost in model calls: that of both. Where only calls are
/// limited, the instructions get those that the demonstrations cannot use.
public struct WithExemplars: Optimizer {
  /// The search for instructions.
  public var instructions: any Optimizer
  /// The search for demonstrations.
  public var exemplars: any Optimizer
  /// The part of the budget that the demonstrations get at most, in 0…1.
  public var share: Double

  /// Creates the pair.
  public init(_ instructions: any Optimizer, exemplars: any Optimizer, share: Double = 0.5) {
    self.instructions = instructions
    self.exemplars = exemplars
    self.share = share
  }

  /// The name of the search for instructions.
  public var name: String { instructions.name }

  /// Both.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let one = instructions.cost(of: facts)
    let other = exemplars.cost(of: facts)
    // Each part must have its least within its share.
    let least = max(
      Double(one.minimum) / max(0.01, 1 - share), Double(other.minimum) / max(0.01, share))
    return SearchCost(
      minimum: Int(least.rounded(.up)) + 1,
      maximum: max(Int(least) + 1, one.maximum + other.maximum))
  }

  /// Searches twice and returns the best by dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    try session.task.program.checkPlacesForDemonstrations()
    let first = await NestedSession(
      session, task: session.task, stream: "instructions",
      share: 1 - usedShare(of: await session.remaining(), TaskFacts(of: session)), offset: 0
    ) { $0 }
    let taught = try await instructions.optimize(in: first)
    let best = first.whole(of: taught.best)
    try await session.record(
      .note("Now demonstrations are searched for the best instructions so far."))
    let second = await NestedSession(
      session, task: session.task.starting(from: best), stream: "exemplars", share: 1,
      offset: first.steps
    ) { $0 }
    let shown = try await exemplars.optimize(in: second)
    let isBetter = shown.best.id != best.id
    return SearchResult(
      best: isBetter ? second.whole(of: shown.best) : best,
      devScore: shown.devScore ?? taught.devScore, seedDevScore: taught.seedDevScore,
      end: shown.end, isConfirmed: taught.isConfirmed || shown.isConfirmed)
  }

  /// The part of what is left that the demonstrations can use.
  private func usedShare(of left: Budget, _ facts: TaskFacts) -> Double {
    guard let calls = left.calls, calls > 0,
      left.tokens == nil, left.seconds == nil, left.dollars == nil
    else { return share }
    return min(share, Double(exemplars.cost(of: facts).maximum) / Double(calls))
  }
}
