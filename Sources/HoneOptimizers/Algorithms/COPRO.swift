// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Coordinate ascent over instructions: many rewrites, then more in the light of the best so far.
///
/// Each round asks for as many instructions as the breadth, showing the best attempts in ascending
/// order with their scores, and scores them. On a program ``StageByStage`` makes each stage a
/// coordinate. From DSPy (Khattab et al., arXiv:2310.03714), after the list of Yang et al.,
/// arXiv:2309.03409.
///
/// Cost in model calls: `dev` for the seed, then at most `breadth × (dev + 1)` a round, times the
/// calls an example takes.
///
/// Differences from DSPy: candidates are scored on dev, not on the training rows; the name of the
/// answer's field stays as it is; stages are searched one after the other, each in all its rounds;
/// guards turn down what is empty, repeated, overlong or copied.
public struct COPRO: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the optimizer.
  ///
  /// - Parameters:
  ///   - breadth: Instructions of a round.
  ///   - depth: The rounds.
  ///   - proposer: Where instructions come from.
  ///   - maxWords: The most words of one.
  public init(
    breadth: Int = 10, depth: Int = 3,
    proposer: ProposerChoice = .automatic(temperature: 1.4, maxTokens: 512), maxWords: Int = 200
  ) {
    search = StepwiseSearch(
      name: "copro", information: .performance,
      trajectory: .importance(breadth, of: .candidates, threshold: 0), stepSize: .none,
      refinement: .generate, proposer: proposer, nextPrompt: .bestSoFar,
      plateau: PlateauRule(patience: nil), candidates: breadth, epochs: 1, batch: 1,
      formatExamples: 3, rejectsLargeSteps: false, maxWords: maxWords)
    search.rounds = max(1, depth)
  }

  /// `copro`.
  public var name: String { search.name }

  /// The calls of one round and of all rounds.
  public func cost(of facts: TaskFacts) -> SearchCost {
    search.cost(of: facts)
  }

  /// Searches and returns the best candidate by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    try await search.optimize(in: session)
  }
}
