// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The automatic prompt engineer: instructions worked out from examples, then said in other words.
///
/// The first round lets an optimizer model work out the instruction from several subsets of the
/// training rows and their answers. The best are kept, and each later round tries paraphrases of
/// them. Zhou, Muresanu, Han, Paster, Pitis, Chan and Ba, "Large Language Models Are Human-Level
/// Prompt Engineers", ICLR 2023, arXiv:2211.01910.
///
/// Cost in model calls: `dev` for the seed; a round takes one optimizer call a candidate, the
/// selection's evaluations, by default a third of `candidates × dev`, and what completes the `beam`
/// best on `dev`, times the calls an example takes.
///
/// Differences from the published code, with reasons:
/// - The seed takes part, and is returned when nothing is better. The code has no seed.
/// - The score is the task's metric. The code's default is the log-probability of the expected
///   answer, which a task has here when it reads its answers by likelihood.
/// - UCB divides by the number of pulls and takes t as their sum; all prompts of a round that are
///   pulled alike see the same rows. The code draws rows for each prompt.
/// - The best are completed on all of dev before they are compared with the seed.
/// - The rows of a subset are all different, and their texts may not stand in a prompt.
/// - Resampling is part of the search, as in the paper; the code leaves it out. Each kept prompt is
///   paraphrased, and keeps its place until a better one comes.
/// - Repeats and prompts that were there before are turned down with a reason.
/// - Without a model the first round draws fresh prompts from the phrasebook, and the later ones its
///   changes of the best.
public struct APE: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the optimizer.
  ///
  /// - Parameters:
  ///   - subsets: The subsets of training rows shown in the first round.
  ///   - demonstrations: The rows of a subset.
  ///   - candidates: The prompts of a round.
  ///   - rounds: The rounds; the first is the induction.
  ///   - beam: The prompts kept after a round.
  ///   - selection: How the best of a round are found.
  ///   - proposer: Who writes.
  ///   - temperature: The optimizer model's temperature.
  ///   - maxTokens: The most tokens of its response.
  ///   - maxWords: The most words of a prompt.
  ///   - plateau: When to end early.
  public init(
    subsets: Int = 5, demonstrations: Int = 5, candidates: Int = 50, rounds: Int = 3,
    beam: Int = 5, selection: any CandidateSelection = BanditSelection(.ucb(1)),
    proposer: ProposerKind = .auto, temperature: Double = 0.9, maxTokens: Int = 512,
    maxWords: Int = 200, plateau: PlateauRule = PlateauRule(patience: nil)
  ) {
    let induction = MethodProposers(
      phrasebook: FreshPhraseProposer(), temperature: temperature, maxTokens: maxTokens
    ) { InductionProposer(subsets: subsets, demonstrations: demonstrations, writer: $0) }
    let resampling = MethodProposers(temperature: temperature, maxTokens: maxTokens) {
      ParaphraseProposer(writer: $0)
    }
    search = StepwiseSearch(
      name: "ape", information: .prompt, trajectory: .none, stepSize: .none, refinement: .edit,
      proposer: induction.then(resampling).choice(proposer, most: candidates),
      nextPrompt: .beam(beam), plateau: plateau, candidates: candidates, epochs: 1, batch: 1,
      formatExamples: 0, rejectsLargeSteps: false, maxWords: maxWords, selection: selection)
    search.rounds = max(1, rounds)
  }

  /// `ape`.
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
