// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A search that goes from prompt to prompt in steps: the grid of the GPO paper as a value.
///
/// Each part is one axis. A step looks back on the trajectory, asks the proposer for candidates,
/// turns down those that fail a guard, scores the rest on dev in one batch, and moves to the next
/// prompt. The best prompt by dev score is remembered apart; a tie keeps the older.
///
/// Cost of a step in model calls: candidates × (dev rows × calls an example + calls a proposal), and
/// one embedder call for the relevance trajectory.
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
  /// When to end early.
  public var plateau: PlateauRule
  /// Candidates a step.
  public var candidates: Int
  /// Passes over the training rows, which set the number of steps.
  public var epochs: Int
  /// Training rows a step, which set the number of steps.
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
    formatExamples: Int, rejectsLargeSteps: Bool, maxWords: Int
  ) {
    self.name = name
    self.information = information
    self.trajectory = trajectory
    self.stepSize = stepSize
    self.refinement = refinement
    self.proposer = proposer
    self.nextPrompt = nextPrompt
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
