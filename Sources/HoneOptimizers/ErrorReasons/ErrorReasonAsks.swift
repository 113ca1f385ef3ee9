// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The questions of APO's expansion: why a prompt failed, and what would be better.
struct ErrorReasonAsks {
  var request: ProposalRequest
  var task: PromptTask
  var form: Writer.Form

  /// Asks for one reason.
  func reason(for group: [WrongRow]) -> Ask {
    let question =
      "Name one reason why this prompt may have led the model to these answers. Write a sentence or "
      + "two on what the prompt lacks or misleads to. Do not write a new prompt."
    return ask(
      group, question, cue: "One reason why the prompt may have led to these answers:")
  }

  /// Asks for a new prompt.
  func rewrite(_ group: [WrongRow], reason: String) -> Ask {
    let limit =
      request.stepSize.map { "Change at most \($0) words of the prompt. " } ?? ""
    let question =
      "Change the prompt so that this no longer happens and other inputs of the task are answered "
      + "better too. Do not repeat the inputs above. \(limit)The new prompt may have "
      + "\(request.maxWords) words at most."
    return ask(
      group, question, cue: "A better prompt:",
      after: "A reason that was found: " + (reason.isEmpty ? "none" : reason))
  }

  private func ask(
    _ group: [WrongRow], _ question: String, cue: String, after note: String? = nil
  ) -> Ask {
    let current = request.current
    let opening = "A prompt tells a language model how to do a task."
    let description = task.description.trimmed
    var parts = [
      description.isEmpty ? opening : opening + "\nThe task: " + description,
      "The prompt: " + (form == .chat ? current.instruction : current.instruction.oneLine),
      "With this prompt the model got these inputs wrong. \(PromptWrapTags.placeholder) marks where "
        + "the prompt stood.",
      group.map(\.text).joined(separator: "\n\n"),
    ]
    if let note { parts.append(note) }
    if form == .chat { parts.append(question) }
    return Ask(body: parts.joined(separator: "\n\n"), cue: cue)
  }
}
