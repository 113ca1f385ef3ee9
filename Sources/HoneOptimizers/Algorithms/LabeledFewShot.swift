// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Shows training rows with their right answers, drawn at random.
///
/// The few-shot prompting of Brown et al., "Language Models are Few-Shot Learners", arXiv:2005.14165,
/// as DSPy compiles it (Khattab et al., arXiv:2310.03714). Several sets may be drawn.
///
/// Cost in model calls: `dev` for the seed and `dev` a set, times the calls an example takes.
///
/// Differences from DSPy: the sets are scored on dev and the seed is kept when none is better.
public struct LabeledFewShot: Optimizer {
  /// Rows in a set.
  public var demonstrations: Int
  /// Sets drawn.
  public var sets: Int

  /// Creates the optimizer.
  public init(demonstrations: Int = 16, sets: Int = 1) {
    self.demonstrations = demonstrations
    self.sets = sets
  }

  /// `labeled-few-shot`.
  public var name: String { "labeled-few-shot" }

  /// The seed and one set; the seed and all sets.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let one = facts.dev * facts.callsPerExample
    return SearchCost(minimum: 2 * one, maximum: (1 + sets) * one)
  }

  /// Scores the sets in one batch and returns the best prompt by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let program = session.task.program
    try program.checkPlacesForDemonstrations()
    let rows = LabelledRows(session.train, of: program)
    return try await ScoredRounds(rounds: 1).run(in: session) { round, count, state in
      (0..<min(sets, count)).map { number in
        var chance = session.random("labelled rows \(number)")
        let set = rows.sample(demonstrations, by: &chance)
        return state.seed.child(
          showing: set, of: program, move: "\(set.count) labelled rows", step: round)
      }
    }
  }
}
