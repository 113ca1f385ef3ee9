// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Optimization by prompting: the best prompts so far as a list that gets better, to be continued.
///
/// Each step shows an optimizer model the 20 best of all prompts scored so far, from the lowest score
/// to the highest, with their scores as whole numbers, and three examples, and asks for a better one
/// without a limit on what changes. Yang, Wang, Lu, Liu, Le, Zhou and Chen, "Large Language Models as
/// Optimizers", ICLR 2024, arXiv:2309.03409.
///
/// Cost in model calls: `dev` for the seed, then at most `candidates × (dev + 1)` a step, times the
/// calls an example takes; `epochs × ⌊train ÷ batch⌋` steps, or as many as the budget allows.
///
/// Differences from the published code, with reasons:
/// - Prompts are scored on all of dev, and the best on dev is the result. The code scores a sample of
///   the training rows and reports the best score on it.
/// - The number of steps follows from epochs and batch as in the other methods, so that they compare
///   at equal cost. The code takes 200.
/// - The list's last prompt is named as the current one, in the words of the shared meta-prompt, and a
///   candidate's lineage gives it as the parent. The code has a list alone.
/// - The same three training rows are shown throughout. The code draws them anew for each step.
/// - What is turned down: empty, repeated and overlong prompts, lost placeholders and copied rows. The
///   code drops repeats, more than 500 characters, and digits for one of its tasks.
/// - With `next-prompt` and `selection` changed it is no longer OPRO; both may be.
///
/// Table 4 of the GPO paper (arXiv:2402.17564) lists OPRO's trajectory as recency. The OPRO paper and
/// its code sort by score, which is what is done here.
public struct OPRO: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the optimizer with the paper's parts, changed as wished.
  ///
  /// - Parameters:
  ///   - k: How many prompts are shown.
  ///   - threshold: Prompts with a lower score are not shown.
  ///   - proposer: Where prompts come from.
  ///   - plateau: When to end early.
  ///   - candidates: Samples a step.
  ///   - epochs: Passes over the training rows, which set the number of steps.
  ///   - batch: Training rows a step, which set the number of steps.
  ///   - formatExamples: Training rows shown.
  ///   - maxWords: The most words of a prompt.
  public init(
    k: Int = 20, threshold: Double = 0,
    proposer: ProposerChoice = .automatic(temperature: 1, maxTokens: 512),
    plateau: PlateauRule = PlateauRule(patience: 8),
    candidates: Int = 8, epochs: Int = 3, batch: Int = 8, formatExamples: Int = 3,
    maxWords: Int = 200
  ) {
    search = StepwiseSearch(
      name: "opro", information: .performance,
      trajectory: .importance(k, of: .candidates, threshold: threshold), stepSize: .none,
      refinement: .generate, proposer: proposer, nextPrompt: .bestSoFar, plateau: plateau,
      candidates: candidates, epochs: epochs, batch: batch, formatExamples: formatExamples,
      rejectsLargeSteps: false, maxWords: maxWords)
  }

  /// Creates the optimizer of a search made elsewhere.
  init(_ search: StepwiseSearch) {
    self.search = search
  }

  /// `opro`.
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
