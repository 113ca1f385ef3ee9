// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The text that asks an optimizer model for a new prompt.
///
/// Its sections are those of the GPO paper in their order: the task, the trajectory with what scores
/// mean, the current prompt, how examples read, the examples, the request, the limit on changed words,
/// and how to mark the new prompt. A section without content is left out.
public struct MetaPrompt: Sendable {
  /// What the task is.
  public var task: String
  /// The earlier prompts shown.
  public var trajectory: TrajectoryExcerpt
  /// The current prompt.
  public var current: CurrentPromptFacts
  /// The rows shown.
  public var examples: FormatExamples
  /// How the new prompt comes from the current one.
  public var refinement: any Refinement
  /// The most words that may change; nil for no limit.
  public var stepSize: Int?
  /// The most words of a prompt.
  public var maxWords: Int

  /// Creates a meta-prompt.
  public init(
    task: String, trajectory: TrajectoryExcerpt, current: CurrentPromptFacts,
    examples: FormatExamples, refinement: any Refinement, stepSize: Int?, maxWords: Int
  ) {
    self.task = task
    self.trajectory = trajectory
    self.current = current
    self.examples = examples
    self.refinement = refinement
    self.stepSize = stepSize
    self.maxWords = maxWords
  }

  /// The whole text.
  public var text: String {
    let sections = [
      taskSection, trajectorySection, currentSection, examplesSection,
      refinement.request(considering: considered, position: examples.position), limitSection,
      wrapSection,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var taskSection: String {
    let opening =
      "You write prompts for a language model. A prompt takes the place of "
      + "\(PromptWrapTags.placeholder) in every example of a task and should lead the model to the "
      + "right answer."
    let description = task.trimmed
    return description.isEmpty ? opening : opening + "\nThe task: " + description
  }

  private var currentSection: String {
    let score = current.score.map { "\nIts score: " + ScoreScale.shown($0) } ?? ""
    let fault = current.reflection.map { "\nWhat is wrong with it: " + $0 } ?? ""
    return "The current prompt is: \(current.instruction)\(score)\(fault)"
  }

  private var examplesSection: String {
    guard !examples.shown.isEmpty else { return "" }
    let entries = examples.shown.map { "Input:\n\($0.input)\nExpected answer: \($0.answer)" }
    return
      "Here is how examples read. \(PromptWrapTags.placeholder) marks where the prompt is put in. An "
      + "answer of the model that differs from the expected answer counts as wrong.\n\n"
      + entries.joined(separator: "\n\n")
  }

  private var limitSection: String {
    let length = "The new prompt may have \(maxWords) words at most."
    guard let stepSize else { return length }
    return "Change at most \(stepSize) words of the current prompt. " + length
  }

  private var wrapSection: String {
    "Write \(PromptWrapTags.start) before the new prompt and \(PromptWrapTags.end) after it, and "
      + "nothing else."
  }
}
