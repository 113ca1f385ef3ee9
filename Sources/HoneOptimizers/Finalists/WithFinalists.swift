// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A search of which the best prompts by dev are scored on training rows too before one is returned.
///
/// The best of many on one set of rows owes part of its score to luck. So the best mean over dev and
/// training rows decides; a tie goes to the better on dev and then to the older. A row that a finalist
/// shows as a demonstration is asked without it, since a prompt that holds the answer proves nothing.
///
/// Cost in model calls: that of the search, and finalists × their training rows × calls an example,
/// which the search is told are not there. What a search leaves of them decides on how many rows.
public struct WithFinalists: Optimizer {
  /// The search.
  public var base: any Optimizer
  /// How many of its best are scored again, and when.
  public var finalists: Finalists

  /// Creates the search.
  public init(_ base: any Optimizer, _ finalists: Finalists) {
    self.base = base
    self.finalists = finalists
  }

  /// The name of the search.
  public var name: String { base.name }

  /// That of the search; where it is done only because dev has few rows, it is no part of the least.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let one = base.cost(of: facts)
    let last = calls(for: facts)
    return SearchCost(
      minimum: one.minimum + (finalists.mostDev == nil ? last : 0), maximum: one.maximum + last)
  }

  /// Searches, scores the best again and returns the best of them.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let facts = TaskFacts(of: session)
    let reserve = calls(for: facts)
    guard reserve > 0 else { return try await base.optimize(in: session) }
    let watched = WatchedSession(session, reserve: reserve)
    let result = try await base.optimize(in: watched)
    let best = watched.best(finalists.count)
    let rows = await rows(for: best.map(\.candidate), facts, in: session)
    guard best.count > 1, !rows.isEmpty else { return result }
    do {
      return try await confirmed(best, on: rows, result, in: session)
    } catch is BudgetExhausted {
      return result
    }
  }

  /// The calls that are set aside.
  private func calls(for facts: TaskFacts) -> Int {
    finalists.rows(train: facts.train, dev: facts.dev) * finalists.count
      * facts.callsPerExample
  }

  /// The training rows that finalists are scored on, at most as many as the calls left pay for: all in
  /// their order, or some at random.
  private func rows(
    for candidates: [Candidate], _ facts: TaskFacts, in session: any OptimizationSession
  ) async -> [Example] {
    var size = finalists.rows(train: session.train.count, dev: session.dev.count)
    if let left = await session.remaining().calls {
      // A candidate without one of its demonstrations is another prompt, calibrated for itself.
      let shown = candidates.reduce(0) { $0 + $1.demonstrationCount }
      let forRows = max(0, left - shown * session.task.callsPerPrompt)
      size = min(size, forRows / max(1, candidates.count * facts.callsPerExample))
    }
    guard size < session.train.count else { return session.train }
    var chance = session.random("finalists' rows")
    return Array(session.train.shuffled(by: &chance).prefix(size))
  }

  private func confirmed(
    _ ranked: [ScoredCandidate], on rows: [Example], _ result: SearchResult,
    in session: any OptimizationSession
  ) async throws -> SearchResult {
    let scores = try await HeldOutScores(rows).scores(of: ranked.map(\.candidate), in: session)
    let dev = Double(session.dev.count)
    let train = Double(rows.count)
    var best: (place: Int, mean: Double)?
    for (place, score) in scores.enumerated() {
      guard let score else { continue }
      let mean = (ranked[place].score * dev + score * train) / (dev + train)
      if mean > best?.mean ?? -.infinity { best = (place, mean) }
    }
    guard let best else { return result }
    try await session.record(
      .note(
        "Of the \(ranked.count) best prompts on dev, the one with the best score on dev and train "
          + "together is returned; it was number \(best.place + 1) on dev."))
    var result = result
    result.best = ranked[best.place].candidate
    result.devScore = ranked[best.place].score
    result.isConfirmed = true
    return result
  }
}
