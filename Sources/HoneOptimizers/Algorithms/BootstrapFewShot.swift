// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Shows what the program itself did, stage by stage, on training rows that it got right.
///
/// The teacher is the starting program with labelled rows as demonstrations. Its traces on rows it
/// answers rightly become the demonstrations of every stage, and labelled rows fill up. Khattab et
/// al., "DSPy: Compiling Declarative Language Model Calls into Self-Improving Pipelines",
/// arXiv:2310.03714.
///
/// Cost in model calls: `2 × dev`, and the training rows tried, at most all, times the calls an
/// example takes.
///
/// Differences from DSPy: rows are tried in batches, not one by one; there is one attempt a row, which
/// is DSPy's default; the result is scored on dev and the seed is kept when it is not better.
public struct BootstrapFewShot: Optimizer {
  /// How the demonstrations are drawn.
  public var draws: DemonstrationDraws

  /// Creates the optimizer.
  public init(draws: DemonstrationDraws = DemonstrationDraws()) {
    self.draws = draws
  }

  /// `bootstrap-few-shot`.
  public var name: String { "bootstrap-few-shot" }

  /// The seed, a first batch of lessons and the result; with all training rows tried.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let scored = 2 * facts.dev * facts.callsPerExample
    return SearchCost(
      minimum: scored + draws.firstCalls(facts), maximum: scored + draws.mostCalls(facts))
  }

  /// Teaches once and returns the better of the seed and the result by dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let program = session.task.program
    try program.checkPlacesForDemonstrations()
    return try await ScoredRounds(rounds: 1).run(in: session) { round, _, state in
      let set = try await draws.set(2, base: state.seed, in: session)
      return [state.seed.child(showing: set.rows, of: program, move: set.move, step: round)]
    }
  }
}
