// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Draws many sets of demonstrations and keeps the best: BootstrapFewShotWithRandomSearch.
///
/// The sets are none, labelled rows, the teacher's lessons in the order of the rows, and then lessons
/// of rows shuffled anew, of a number drawn from 1 to the most. A stage with a choice of formats gets
/// one of them at random with each set. Khattab et al., arXiv:2310.03714; as
/// strong as searches for instructions by Wan et al., "Teach Better or Show Smarter?",
/// arXiv:2406.15708.
///
/// Cost in model calls: `dev` for the seed and for each set, and the training rows, each once, times
/// the calls an example takes.
///
/// Differences from DSPy: sets are scored on dev, never on the training rows; a few sets are scored in
/// one batch; a tie keeps the older.
public struct BootstrapRandomSearch: Optimizer {
  /// How the demonstrations are drawn.
  public var draws: DemonstrationDraws
  /// Sets of shuffled rows, beside the three fixed ones.
  public var sets: Int
  /// Sets scored in one batch.
  public var batch: Int

  /// Creates the optimizer.
  public init(draws: DemonstrationDraws = DemonstrationDraws(), sets: Int = 16, batch: Int = 4) {
    self.draws = draws
    self.sets = sets
    self.batch = batch
  }

  /// `bootstrap-random-search`.
  public var name: String { "bootstrap-random-search" }

  /// The seed, a first batch of lessons and one set; all sets with all training rows tried.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let one = facts.dev * facts.callsPerExample
    return SearchCost(
      minimum: 2 * one + draws.firstCalls(facts),
      maximum: (1 + 3 + sets) * one + draws.mostCalls(facts))
  }

  /// Draws, scores and returns the best by its dev score; the seed when none is better.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let program = session.task.program
    try program.checkPlacesForDemonstrations()
    let all = 3 + sets
    let rounds = (all + batch - 1) / batch
    return try await ScoredRounds(rounds: rounds).run(in: session) { round, count, state in
      let first = (round - 1) * batch
      var made: [Candidate] = []
      for number in first..<min(all, first + min(batch, count)) {
        let set = try await draws.set(number, base: state.seed, in: session)
        var chance = session.random("formats \(number)")
        made.append(
          state.seed.child(showing: set.rows, of: program, move: set.move, step: round)
            .withFormats(of: program, by: &chance))
      }
      return made
    }
  }
}
