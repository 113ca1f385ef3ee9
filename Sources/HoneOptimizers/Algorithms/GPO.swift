// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The gradient-inspired prompt optimizer.
///
/// Each step shows an optimizer model the earlier prompts most relevant to the current one, with their
/// scores, and asks for a new prompt that changes at most so many words, a number that falls along a
/// cosine. Tang, Wang, Zhao, Lu, Li and Wen, "Unleashing the Potential of Large Language Models as
/// Prompt Optimizers", AAAI 2025, arXiv:2402.17564.
///
/// Cost in model calls: `dev` for the seed, then at most `candidates × (dev + 1) + 1` a step, times
/// the calls an example takes; `epochs × ⌊train ÷ batch⌋` steps, or as many as the budget allows.
///
/// Differences from the published code, with reasons:
/// - Every proposal is used. The code asks for 8 answers in each of 8 requests and drops 7 of 8.
/// - Scores are shown as whole numbers from 0 to 100, as the text says; the code shows 0 to 1.
/// - The seed counts as a winner from the start. The code enters its score in the seed's place.
/// - The previous prompt keeps its true score. The code enters it at 0, so that 0 can be recorded.
/// - The trajectory shows the k most similar prompts, the most similar last, as the paper says; the
///   code shows the newest first and then the older ones.
/// - Candidates keep the order they came in, and a tie keeps the older. The code orders them by a
///   hash that changes from run to run.
/// - The training batch is scored for ``PromptPerformanceReflection`` alone; with the defaults the code
///   reads its score nowhere.
/// - The step size is measured, and by choice enforced; the code only asks for it. The number of
///   steps it falls over shrinks to what the budget allows.
/// - Guards turn down empty, repeated and overlong prompts, lost placeholders and copied rows.
/// - Nothing is changed in a proposal but marks around it, and the lineage names what was. The code
///   also puts the first letter in upper case.
/// - Test rows are scored once, at the end of the run. The code scores every winner on them.
/// - Proposals may come from a phrasebook, for the small models that run here.
public struct GPO: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the optimizer with the paper's parts, changed as wished.
  public init(
    information: any CurrentInformation = .performance,
    trajectory: any TrajectorySelection = .relevance(3),
    stepSize: any StepSize = .cosine(from: 50, to: 10),
    refinement: any Refinement = .generate,
    proposer: ProposerChoice = .automatic(temperature: 1, maxTokens: 512),
    nextPrompt: any NextPrompt = .bestThatNeverWon,
    plateau: PlateauRule = PlateauRule(patience: 8),
    candidates: Int = 8, epochs: Int = 3, batch: Int = 8, formatExamples: Int = 3,
    rejectsLargeSteps: Bool = false, maxWords: Int = 200,
    selection: any CandidateSelection = .full
  ) {
    search = StepwiseSearch(
      name: "gpo", information: information, trajectory: trajectory, stepSize: stepSize,
      refinement: refinement, proposer: proposer, nextPrompt: nextPrompt, plateau: plateau,
      candidates: candidates, epochs: epochs, batch: batch, formatExamples: formatExamples,
      rejectsLargeSteps: rejectsLargeSteps, maxWords: maxWords, selection: selection)
  }

  /// Creates the optimizer of a search made elsewhere.
  init(_ search: StepwiseSearch) {
    self.search = search
  }

  /// `gpo`.
  public var name: String { search.name }

  /// The calls of one step and of all steps.
  public func cost(of facts: TaskFacts) -> SearchCost {
    search.cost(of: facts)
  }

  /// Searches and returns the best candidate by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    try await search.optimize(in: session)
  }
}
