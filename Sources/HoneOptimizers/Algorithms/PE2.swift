// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Prompt engineering a prompt engineer: failing rows are inspected before the prompt is rewritten.
///
/// Each prompt of a beam answers training rows until some fail. In a first turn a model is shown all
/// that the task model read and is asked set questions about each failing row; in a second it writes
/// a new prompt, within a number of changed words and of words in all, with the earlier prompts in
/// view. The next beam is the best of all prompts so far, so that a bad round is taken back. Ye,
/// Axmed, Pryzant and Khani, "Prompt Engineering a Prompt Engineer", ACL Findings 2024,
/// arXiv:2311.05661.
///
/// Cost in model calls: `dev` for the seed; a round takes for each prompt of the beam at most
/// `rows` training rows, then 2 optimizer calls and `dev` for each candidate. Rows count times the
/// calls an example takes.
///
/// Differences from the published code, with reasons:
/// - The search for failing rows ends after `rows` rows. The code may go through all of train.
/// - The instruction is the task's own. The code can also begin with an induction, as APE does.
/// - The history shows the latest prompts that were current, with their scores, and never the current
///   one twice. Summing it up is the summary trajectory's part.
/// - The step size is measured, and a step that passes it is noted.
/// - A prompt without a failing row is left as it is; three rounds without any proposal end the run.
/// - Prompts are compared on dev, ties keep the older, and test rows are scored once, at the end.
/// - The sizes are those of the code; the paper's own were not at hand.
/// - Without a model nobody reads the failing rows: the phrasebook changes each prompt of the beam by
///   at most the step size, and beam, selection and backtracking stay.
public struct PE2: Optimizer {
  /// The parts.
  public var search: StepwiseSearch

  /// Creates the optimizer with the published code's sizes.
  ///
  /// - Parameters:
  ///   - information: What is told of the current prompt: its text, or its score too.
  ///   - trajectory: Which earlier prompts are shown.
  ///   - stepSize: How many words a step may change.
  ///   - errors: The failing rows inspected for one new prompt.
  ///   - rows: The most training rows tried in search of them.
  ///   - candidates: The new prompts of a round, shared by the beam.
  ///   - rounds: The rounds.
  ///   - beam: The prompts kept after a round.
  ///   - backtracks: Whether the beam is chosen from all prompts so far, not the newest alone.
  ///   - selection: How the best of a round are found.
  ///   - proposer: Who writes.
  ///   - temperature: The optimizer model's temperature when it writes a prompt.
  ///   - inspectionTemperature: Its temperature when it inspects.
  ///   - maxTokens: The most tokens of a prompt's response.
  ///   - inspectionTokens: The most tokens of an inspection.
  ///   - maxWords: The most words of a prompt.
  ///   - plateau: When to end early.
  public init(
    information: any CurrentInformation = .performance,
    trajectory: any TrajectorySelection = .recency(3), stepSize: any StepSize = .fixed(10),
    errors: Int = 2, rows: Int = 64, candidates: Int = 4, rounds: Int = 2, beam: Int = 2,
    backtracks: Bool = true, selection: any CandidateSelection = .full,
    proposer: ProposerKind = .auto, temperature: Double = 0.7,
    inspectionTemperature: Double = 0.5, maxTokens: Int = 512, inspectionTokens: Int = 1500,
    maxWords: Int = 50, plateau: PlateauRule = PlateauRule(patience: nil)
  ) {
    let proposers = MethodProposers(temperature: temperature, maxTokens: maxTokens) { writer in
      let analyst = Writer(
        writer.form, temperature: inspectionTemperature, maxTokens: inspectionTokens)
      return InspectionProposer(errors: errors, rows: rows, analyst: analyst, writer: writer)
    }
    search = StepwiseSearch(
      name: "pe2", information: information, trajectory: trajectory, stepSize: stepSize,
      refinement: .generate,
      proposer: proposers.choice(proposer, most: APO.share(of: candidates, beam: beam)),
      nextPrompt: backtracks ? BeamOfBest(width: beam) : BeamOfNewest(width: beam),
      plateau: plateau, candidates: candidates, epochs: 1, batch: 1, formatExamples: 0,
      rejectsLargeSteps: false, maxWords: maxWords, selection: selection)
    search.rounds = max(1, rounds)
  }

  /// `pe2`.
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
