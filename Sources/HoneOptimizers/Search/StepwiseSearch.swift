// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A search that goes from prompt to prompt in steps: the grid of the GPO paper as a value.
///
/// Each part is one axis. For each prompt it starts from, one unless a beam is kept, a step gathers
/// what is told of it, looks back on the trajectory and asks the proposer for its share of the
/// candidates. Those that fail a guard are turned down, the rest are scored on dev by the selection,
/// and the search moves on. Step size, guards and lineage refer to the prompt a candidate was made
/// from. The best prompt is remembered apart; a tie keeps the older.
///
/// A selection may spare dev rows. Then the best of a step, as many as it may move to, are completed
/// on all of dev, and only those can become the next prompt or the result.
///
/// Cost of a step in model calls: candidates × (dev rows × calls an example + calls a proposal), less
/// what the selection spares, and what the current information and the trajectory ask for.
public struct StepwiseSearch: Sendable {
  /// The name in the catalog.
  public var name: String
  /// What is told of the current prompt.
  public var information: any CurrentInformation
  /// Which earlier prompts are shown.
  public var trajectory: any TrajectorySelection
  /// How many words a step may change.
  public var stepSize: any StepSize
  /// How a new prompt comes from the current one.
  public var refinement: any Refinement
  /// Where new prompts come from.
  public var proposer: ProposerChoice
  /// Which prompt a step starts from.
  public var nextPrompt: any NextPrompt
  /// How a step's candidates are scored.
  public var selection: any CandidateSelection
  /// When to end early.
  public var plateau: PlateauRule
  /// Candidates a step.
  public var candidates: Int
  /// Passes over the training rows, which set the number of steps.
  public var epochs: Int
  /// The number of steps where it does not follow from the epochs; nil where it does.
  public var rounds: Int?
  /// Training rows a step, which set the number of steps and are what reflection reads.
  public var batch: Int
  /// Training rows shown to an optimizer model.
  public var formatExamples: Int
  /// Whether proposals that change more words than the step size are turned down.
  public var rejectsLargeSteps: Bool
  /// The most words of a prompt.
  public var maxWords: Int

  /// Creates a search of parts.
  public init(
    name: String, information: any CurrentInformation, trajectory: any TrajectorySelection,
    stepSize: any StepSize, refinement: any Refinement, proposer: ProposerChoice,
    nextPrompt: any NextPrompt, plateau: PlateauRule, candidates: Int, epochs: Int, batch: Int,
    formatExamples: Int, rejectsLargeSteps: Bool, maxWords: Int,
    selection: any CandidateSelection = .full
  ) {
    self.name = name
    self.information = information
    self.trajectory = trajectory
    self.stepSize = stepSize
    self.refinement = refinement
    self.proposer = proposer
    self.nextPrompt = nextPrompt
    self.selection = selection
    self.plateau = plateau
    self.candidates = candidates
    self.epochs = epochs
    self.batch = batch
    self.formatExamples = formatExamples
    self.rejectsLargeSteps = rejectsLargeSteps
    self.maxWords = maxWords
  }

  /// The guards of a proposal, in the order they are asked.
  public var guards: [any ProposalGuard] {
    let always: [any ProposalGuard] = [
      NotEmpty(), NoDuplicates(), PlaceholdersKept(), LengthLimit(words: maxWords), NoCopiedRows(),
    ]
    return rejectsLargeSteps ? always + [StepSizeLimit()] : always
  }
}
