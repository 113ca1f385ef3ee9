// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The text that asks an optimizer model to fold steps into a running summary.
public struct SummaryRequest: Sendable {
  /// What the task is.
  public var task: String
  /// The summary so far.
  public var summary: String?
  /// What the summary is of.
  public var source: TrajectorySource
  /// The steps it does not tell of yet.
  public var steps: [FinishedStep]

  /// Creates a request.
  public init(
    task: String, summary: String?, source: TrajectorySource, steps: [FinishedStep]
  ) {
    self.task = task
    self.summary = summary
    self.source = source
    self.steps = steps
  }

  /// The most steps told at once, when the model failed before.
  static let mostSteps = 3

  /// Whether there is anything to fold in.
  var isNeeded: Bool { !told.isEmpty }

  private var told: [String] {
    steps.compactMap(source == .reflections ? faults : trials).suffix(Self.mostSteps)
  }

  /// The whole text.
  public var text: String {
    let description = task.trimmed
    let subject =
      source == .reflections ? "faults that were found in them" : "prompts that were tried"
    let opening =
      "Prompts for a language model are being improved step by step. You keep a summary of the "
      + "\(subject), from which the next prompt will be written."
    var sections = [description.isEmpty ? opening : opening + "\nThe task: " + description]
    if let summary { sections.append("The summary so far:\n" + summary) }
    sections += told
    sections.append(
      "A score is a whole number from 0 to 100; 100 means that every answer was right. Write the "
        + "summary anew so that it also tells what this teaches: \(lesson). Keep what is still "
        + "useful of the summary so far, drop what has proved wrong, and use 150 words at most. "
        + "Write the summary and nothing else.")
    return sections.joined(separator: "\n\n")
  }

  private var lesson: String {
    source == .reflections
      ? "which faults come back and which were put right"
      : "what the prompts that score well have in common and what the others lack"
  }

  private func trials(_ step: FinishedStep) -> String? {
    guard !step.scored.isEmpty else { return nil }
    let ranked = step.scored.enumerated().sorted {
      ($0.element.score, $1.offset) < ($1.element.score, $0.offset)
    }
    let parents = step.parents.map { Self.shown($0.prompt) }
    let tried = ranked.map { Self.shown($0.element) }
    return
      "Step \(step.step) started from:\n\n\(parents.joined(separator: "\n\n"))\n\n"
      + "It tried, from the lowest score to the highest:\n\n\(tried.joined(separator: "\n\n"))"
  }

  private func faults(_ step: FinishedStep) -> String? {
    let found = step.parents.compactMap { parent in
      parent.reflection.map {
        "In step \(step.step) this was found wrong with a prompt that scored "
          + "\(ScoreScale.shown(parent.prompt.score)):\n\($0)"
      }
    }
    return found.isEmpty ? nil : found.joined(separator: "\n\n")
  }

  private static func shown(_ entry: ScoredCandidate) -> String {
    "Prompt: \(entry.instruction)\nScore: \(ScoreScale.shown(entry.score))"
  }
}
