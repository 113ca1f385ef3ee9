// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Automatic prompt optimization with reasons for mistakes as gradients, also called ProTeGi.
///
/// Each prompt of a beam answers a batch of training rows. A model names a reason for each of several
/// groups of its mistakes, rewrites the prompt by each reason, and says the results in other words. A
/// bandit finds the best of the new prompts, which compete with those of the beam. Pryzant, Iter, Li,
/// Lee, Zhu and Zeng, "Automatic Prompt Optimization with 'Gradient Descent' and Beam Search", EMNLP
/// 2023, arXiv:2305.03495.
///
/// Cost in model calls: `dev` for the seed; a round takes for each prompt of the beam
/// `minibatch` training rows and 2 × `groups` + `paraphrases` × (`groups` + 1) optimizer calls, then the
/// selection's evaluations, by default a third of `candidates × dev`, and what completes the `beam`
/// best on `dev`. Rows count times the calls an example takes.
///
/// Differences from the published code, with reasons:
/// - Prompts are compared on dev and learn from train. The code does both on train.
/// - UCB's t is the number of pulls. The code takes the number of the round.
/// - UCB-E adds √(a ÷ n) with a number a of its own. The code reuses UCB's factor.
/// - Prompts of a round that are pulled alike are compared on the same rows.
/// - Prompts keep the order they were made in. The code's order follows hashes that change.
/// - A prompt's score on all of dev decides whether it stays. The code keeps what the bandit guessed.
/// - The whole instruction is changed. The code changes a section of a Markdown file.
/// - Test rows are scored once, at the end of the run. The code scores the beam on them each round.
/// - Of the new prompts of one parent at most `candidates ÷ beam` are drawn; picking them by their
///   score on the mistakes (`reject_on_errors`) is left out, as it favours what fits the mistakes.
/// - Without a model nobody writes reasons: the phrasebook changes each prompt of the beam, and beam
///   and selection stay. No training rows are then paid for.
public struct APO: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the optimizer with the published code's sizes.
  ///
  /// - Parameters:
  ///   - minibatch: The training rows that each prompt of the beam answers in a round.
  ///   - groups: The groups of mistakes, each with one reason.
  ///   - errors: The mistakes of a group.
  ///   - paraphrases: The paraphrases of each new prompt and of its parent.
  ///   - candidates: The new prompts of a round, shared by the beam.
  ///   - rounds: The rounds.
  ///   - beam: The prompts kept after a round.
  ///   - selection: How the best of a round are found.
  ///   - proposer: Who writes.
  ///   - temperature: The optimizer model's temperature.
  ///   - maxTokens: The most tokens of its response.
  ///   - maxWords: The most words of a prompt.
  ///   - plateau: When to end early.
  public init(
    minibatch: Int = 64, groups: Int = 4, errors: Int = 4, paraphrases: Int = 2,
    candidates: Int = 32, rounds: Int = 6, beam: Int = 4,
    selection: any CandidateSelection = BanditSelection(.ucb(1)),
    proposer: ProposerKind = .auto, temperature: Double = 0.7, maxTokens: Int = 512,
    maxWords: Int = 200, plateau: PlateauRule = PlateauRule(patience: nil)
  ) {
    let proposers = MethodProposers(temperature: temperature, maxTokens: maxTokens) {
      ErrorReasonsProposer(
        minibatch: minibatch, groups: groups, errors: errors, paraphrases: paraphrases, writer: $0)
    }
    search = StepwiseSearch(
      name: "apo", information: .prompt, trajectory: .none, stepSize: .none, refinement: .edit,
      proposer: proposers.choice(proposer, most: Self.share(of: candidates, beam: beam)),
      nextPrompt: .beam(beam), plateau: plateau, candidates: candidates, epochs: 1, batch: 1,
      formatExamples: 0, rejectsLargeSteps: false, maxWords: maxWords, selection: selection)
    search.rounds = max(1, rounds)
  }

  /// The new prompts of one prompt of the beam.
  static func share(of candidates: Int, beam: Int) -> Int {
    let width = max(1, beam)
    return max(1, (candidates + width - 1) / width)
  }

  /// `apo`.
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
