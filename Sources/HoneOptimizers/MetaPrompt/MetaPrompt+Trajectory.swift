// SPDX-License-Identifier: Apache-2.0

extension MetaPrompt {
  /// The look back: a summary, reflections or prompts with their scores; empty when there is none.
  var trajectorySection: String {
    if let summary = trajectory.summary {
      return "This is known from the steps so far. Scores go from 0 to 100.\n\n" + summary
    }
    if !trajectory.reflections.isEmpty { return reflectionsSection }
    guard !trajectory.entries.isEmpty else { return "" }
    let entries = trajectory.entries.map {
      "Prompt: \($0.instruction)\nScore: \(ScoreScale.shown($0.score))"
    }
    return
      "These prompts were tried, \(trajectory.order). A score is a whole number from 0 to 100; 100 "
      + "means that every answer was right.\n\n" + entries.joined(separator: "\n\n")
  }

  private var reflectionsSection: String {
    let entries = trajectory.reflections.map {
      "Prompt's score: \(ScoreScale.shown($0.prompt.score))\nWhat was wrong with it: "
        + ($0.reflection ?? "")
    }
    return
      "This was found wrong with earlier prompts, \(trajectory.order). A score is a whole number "
      + "from 0 to 100; 100 means that every answer was right.\n\n"
      + entries.joined(separator: "\n\n")
  }

  /// What the new prompt should follow from, as the object of "consider".
  var considered: String {
    let lookBack: String? =
      if trajectory.summary != nil {
        "what is known from the steps so far"
      } else if !trajectory.reflections.isEmpty {
        "what was wrong with the earlier prompts"
      } else if !trajectory.entries.isEmpty {
        "what made the earlier prompts score well or badly"
      } else {
        nil
      }
    let fault = current.reflection.map { _ in "what is wrong with the current prompt" }
    let parts = [lookBack, fault].compactMap { $0 }
    return parts.isEmpty
      ? "what the task asks for and where the current prompt falls short of it"
      : parts.joined(separator: ", and ")
  }
}
