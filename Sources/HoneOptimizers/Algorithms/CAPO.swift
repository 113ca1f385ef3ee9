// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Evolution of instructions and demonstrations that saves calls by racing: CAPO.
///
/// A population of prompts, each with some demonstrations, is crossed and mutated by the optimizer
/// model; parents and children race block by block on dev (``BlockRace``), long prompts at a
/// disadvantage. Zehle, Schlager, Heiß and Feurer, "CAPO: Cost-Aware Prompt Optimization",
/// arXiv:2504.16005. On a program a child's instruction changes in one stage, drawn among those in which
/// its parents differ.
///
/// Cost in model calls: `dev` for the seed and for the best of each round, two optimizer calls a
/// child, and the rows of the race, times the calls an example takes; the rows that demonstrations
/// are made of once.
///
/// Differences from the published code, with reasons:
/// - The first population is the seed's instruction and variations of it; the code is given a list.
/// - A demonstration is the seed's own work where it is right, not that of each prompt, which saves
///   calls; else the right answer.
/// - Adding and removing a demonstration are equally likely; in the code an addition is overwritten.
/// - The best of a round is completed on all of dev, and the result is the best of these.
public struct CAPO: Optimizer {
  /// Prompts kept.
  public var population: Int
  /// Children of a round.
  public var children: Int
  /// The most demonstrations of a prompt.
  public var shots: Int
  /// The rounds at most.
  public var rounds: Int
  /// How candidates are compared.
  public var race: BlockRace
  /// Who writes.
  public var proposer: ProposerKind
  /// How the optimizer model is asked.
  public var writer: Writer
  /// The most words of an instruction.
  public var maxWords: Int

  /// Creates the optimizer.
  public init(
    population: Int = 10, children: Int = 4, shots: Int = 5, rounds: Int = 20,
    race: BlockRace = BlockRace(), proposer: ProposerKind = .auto,
    writer: Writer = Writer(temperature: 1, maxTokens: 512), maxWords: Int = 200
  ) {
    self.population = population
    self.children = children
    self.shots = shots
    self.rounds = rounds
    self.race = race
    self.proposer = proposer
    self.writer = writer
    self.maxWords = maxWords
  }

  /// `capo`.
  public var name: String { "capo" }

  /// Training rows that demonstrations are made of.
  var pool: Int { shots > 0 ? max(8, 4 * shots) : 0 }

  /// The seed, the first population's race and its best; all rounds.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let full = facts.dev * facts.callsPerExample
    let taught = min(facts.train, pool) * facts.callsPerExample
    let first = population + race.mostCalls(candidates: population, facts: facts) + full
    let round = 2 * children + race.mostCalls(candidates: children, facts: facts) + full
    return SearchCost(
      minimum: full + taught + first, maximum: full + taught + first + rounds * round)
  }

  /// Evolves and returns the best by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    var evolution = Crossing(capo: self)
    return try await ScoredRounds(rounds: rounds + 1).run(in: session) { round, _, state in
      var made: [Candidate] = []
      if round == 1 {
        try await evolution.populate(from: &state, step: round, in: session)
      } else {
        made = try await state.admit(
          evolution.children(of: state, step: round, in: session), step: round, in: session)
      }
      let ranked = try await race.select(
        evolution.population + made, keeping: population, step: round, in: session)
      evolution.population = ranked.prefix(population).map(\.candidate)
      // The best of the race is completed on all of dev, once.
      guard let best = evolution.population.first, state.evaluation(of: best.id) == nil else {
        return []
      }
      return [best]
    }
  }
}
