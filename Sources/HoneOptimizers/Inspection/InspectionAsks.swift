// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The two turns of PE2: looking at failing rows, and writing a new prompt.
struct InspectionAsks {
  var request: ProposalRequest
  var task: PromptTask
  var form: Writer.Form

  /// The first turn.
  func inspection(of rows: [WrongRow]) -> Ask {
    let score = request.facts.score.map { " Its score is \(ScoreScale.shown($0)) of 100." } ?? ""
    let instruction = request.current.instruction
    let parts = [
      opening,
      "The current prompt: \(form == .chat ? instruction : instruction.oneLine)\(score)",
      "These are inputs that went wrong, each in full. \(PromptWrapTags.placeholder) marks where the "
        + "prompt stands.",
      rows.map(\.text).joined(separator: "\n\n"),
      questions,
    ]
    return Ask(body: parts.joined(separator: "\n\n"), cue: "Findings:")
  }

  /// The second turn.
  var rewrite: Ask {
    var parts = ["Now write a better prompt on the ground of what you found."]
    if !history.isEmpty { parts.append(history) }
    let limit = request.stepSize.map { "Change at most \($0) words of the current prompt. " } ?? ""
    parts.append(
      "Keep what works. Let the new prompt hold for all inputs of the task, not for the ones above "
        + "alone. \(limit)The new prompt may have \(request.maxWords) words at most.")
    return Ask(body: parts.joined(separator: "\n\n"), cue: "The better prompt:")
  }

  private var opening: String {
    let text =
      "You are to improve a prompt. A prompt is a text that tells a language model what to do with "
      + "each input of a task; the better it tells, the more answers are as expected. You learn what "
      + "to change by looking at inputs that went wrong."
    let description = task.description.trimmed
    return description.isEmpty ? text : text + "\nThe task: " + description
  }

  private var questions: String {
    """
    Go through the inputs one by one and say of each:
    1. Is the model's answer right, held against the expected answer?
    2. Does the answer do what the prompt says?
    3. Does the prompt describe the task that the expected answer solves?
    4. Must the prompt be changed for the expected answer to come out?
    5. If so, which words of it, and how?
    """
  }

  private var history: String {
    if let summary = request.excerpt.summary?.trimmed, !summary.isEmpty {
      return "What was tried so far, summed up:\n\n" + summary
    }
    let earlier = request.excerpt.entries.filter { $0 != request.current }
    guard !earlier.isEmpty else { return "" }
    let lines = earlier.map { "Prompt: \($0.instruction)\nScore: \(ScoreScale.shown($0.score))" }
    return
      "These prompts were tried before, \(request.excerpt.order). Scores go from 0 to 100. Do not "
      + "repeat them.\n\n" + lines.joined(separator: "\n\n")
  }
}
