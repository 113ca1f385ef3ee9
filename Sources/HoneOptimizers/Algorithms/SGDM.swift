// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Stochastic gradient descent with momentum in words: faults of the prompt, and a summary of them.
///
/// Each step tries the current prompt on its training rows, has the optimizer model name one fault
/// that explains the wrong ones, and shows it together with a running summary of the faults found
/// before; the prompt is edited without a limit on what changes. A baseline of Tang and others,
/// "Unleashing the Potential of Large Language Models as Prompt Optimizers", AAAI 2025,
/// arXiv:2402.17564, after Sutskever and others, "On the importance of initialization and momentum in
/// deep learning", ICML 2013.
///
/// Cost in model calls: `dev` for the seed, then at most `candidates × (dev + 1) + batch + 2` a step,
/// times the calls an example takes; `epochs × ⌊train ÷ batch⌋` steps, or as many as the budget allows.
///
/// What the paper says: a trajectory by summary, and refinement by editing. What it leaves open and is
/// **not verified** here: that the gradient is a reflection and the summary is one of reflections, as
/// the name suggests and the published code allows; candidates, batch and epochs, which are GPO's; and
/// that there is no step size. The published code does not name the method.
///
/// Differences from the published code:
/// - The merged summary is what is shown; the code shows the newest text in its place.
/// - The step's own fault is not in the summary but shown beside it, as a gradient is added to momentum.
/// - A step without a wrong row has no reflection, and says so in a note.
/// - All that is listed at ``GPO`` for the search.
public struct SGDM: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the optimizer, changed as wished.
  ///
  /// - Parameters:
  ///   - refinement: The paper's is editing.
  ///   - proposer: Where prompts come from; one that asks a model.
  ///   - nextPrompt: Which prompt a step starts from.
  ///   - plateau: When to end early.
  ///   - candidates: Proposals a step.
  ///   - epochs: Passes over the training rows, which set the number of steps.
  ///   - batch: Training rows a step, which are tried for faults.
  ///   - formatExamples: Training rows shown.
  ///   - maxWords: The most words of a prompt.
  public init(
    refinement: any Refinement = .edit,
    proposer: ProposerChoice = .automatic(temperature: 1, maxTokens: 512),
    nextPrompt: any NextPrompt = .bestThatNeverWon,
    plateau: PlateauRule = PlateauRule(patience: 8),
    candidates: Int = 8, epochs: Int = 3, batch: Int = 8, formatExamples: Int = 3,
    maxWords: Int = 200
  ) {
    search = StepwiseSearch(
      name: "sgdm", information: .reflection, trajectory: .summary(of: .reflections),
      stepSize: .none, refinement: refinement, proposer: proposer, nextPrompt: nextPrompt,
      plateau: plateau, candidates: candidates, epochs: epochs, batch: batch,
      formatExamples: formatExamples, rejectsLargeSteps: false, maxWords: maxWords)
  }

  /// Creates the optimizer of a search made elsewhere.
  init(_ search: StepwiseSearch) {
    self.search = search
  }

  /// `sgdm`.
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
