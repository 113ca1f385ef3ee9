// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Draws sets of demonstrations and chooses one for each stage by a sampler that learns: bootstrapping
/// with TPE.
///
/// The sets are those of ``BootstrapRandomSearch``: labelled rows, the teacher's lessons in the order of
/// the rows, and lessons of shuffled rows. Each trial takes a set, or none, for every stage
/// (``TPESampler``) and is scored on dev. The bootstrapping with Optuna of Khattab et al., "DSPy:
/// Compiling Declarative Language Model Calls into Self-Improving Pipelines", arXiv:2310.03714.
///
/// Cost in model calls: `dev` for the seed and for each trial, and the training rows, each once, times
/// the calls an example takes.
///
/// Differences from DSPy, where a trial chooses a single demonstration for each stage: a trial chooses
/// a set; a combination that was tried is not scored again, the sampler is told of it and asked anew.
public struct BootstrapTPE: Optimizer {
  /// How the demonstrations are drawn.
  public var draws: DemonstrationDraws
  /// Sets of shuffled rows, beside the two fixed ones.
  public var sets: Int
  /// Combinations tried.
  public var trials: Int

  /// Creates the optimizer.
  public init(
    draws: DemonstrationDraws = DemonstrationDraws(), sets: Int = 8, trials: Int = 20
  ) {
    self.draws = draws
    self.sets = sets
    self.trials = trials
  }

  /// `bootstrap-tpe`.
  public var name: String { "bootstrap-tpe" }

  /// The seed, all sets and one trial; all trials.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let one = facts.dev * facts.callsPerExample
    let drawing = draws.mostCalls(facts)
    return SearchCost(minimum: 2 * one + drawing, maximum: (1 + trials) * one + drawing)
  }

  /// Draws, tries combinations and returns the best by its dev score; the seed when none is better.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let program = session.task.program
    try program.checkPlacesForDemonstrations()
    var table: CombinationTable?
    return try await ScoredRounds(rounds: trials).run(in: session) { round, _, state in
      if table == nil {
        var drawn: [[RowDemonstrations]] = []
        for number in 1..<(3 + sets) {
          drawn.append(try await draws.set(number, base: state.seed, in: session).rows)
        }
        table = CombinationTable(
          seed: state.seed, program: program, sets: drawn, instructions: [:])
      }
      guard var trial = table else { return [] }
      defer { table = trial }
      trial.learn(from: state)
      let next = trial.nextNew(round, known: state, in: session)
      state.isExhausted = next == nil
      return next.map { [$0] } ?? []
    }
  }
}
