// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Prompts drawn at random, the best by dev score wins: the baseline that a search must beat.
///
/// Every prompt is scored on all of dev and none is drawn in the light of another's score, so what
/// this finds is what the evaluations alone are worth. Random sequences of words were shown to be a
/// strong baseline by Lu, Wang, Tang, Riedel and Stenetorp, "Strings from the Library of Babel: Random
/// Sampling as a Strong Baseline for Prompt Optimisation", NAACL 2024, arXiv:2311.09569; here they are
/// sentences of the phrasebook, so that the baseline and a search draw from the same prompts.
///
/// Cost in model calls: `dev` for the seed and `dev` a prompt, times the calls an example takes;
/// `prompts`, or as many as the budget allows in whole steps.
public struct RandomPhrases: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the baseline.
  ///
  /// - Parameters:
  ///   - prompts: How many prompts are drawn, rounded up to whole steps.
  ///   - candidates: How many of them are scored in one batch, a step.
  ///   - proposer: Where they come from; it must not look at scores.
  ///   - maxWords: The most words of a prompt.
  public init(
    prompts: Int = 64, candidates: Int = 4, proposer: any Proposer = FreshPhraseProposer(),
    maxWords: Int = 200
  ) {
    let step = max(1, min(candidates, prompts))
    search = StepwiseSearch(
      name: "random", information: .prompt, trajectory: .none, stepSize: .none,
      refinement: .generate, proposer: .always(proposer), nextPrompt: .bestSoFar,
      plateau: PlateauRule(patience: nil), candidates: step, epochs: 1, batch: 1, formatExamples: 0,
      rejectsLargeSteps: false, maxWords: maxWords)
    search.rounds = max(1, (prompts + step - 1) / step)
  }

  /// `random`.
  public var name: String { search.name }

  /// The calls of one step and of all prompts.
  public func cost(of facts: TaskFacts) -> SearchCost {
    search.cost(of: facts)
  }

  /// Draws, scores and returns the best prompt by its dev score; the seed when none was better.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    try await search.optimize(in: session)
  }
}
