// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What must hold of a task and its models before a run can start.
enum TaskCheck {
  /// Looks for what would fail only after calls were paid for.
  /// - Throws: ``RunError/badTask(_:)`` and `ModelError`.
  static func check(_ task: PromptTask, dev: Int, models: ModelSet) throws {
    guard !task.program.stages.isEmpty else {
      throw RunError.badTask("the task has no prompt; give it one under prompt")
    }
    guard dev > 0 else {
      throw RunError.badTask(
        "the dev split has no rows; candidates are compared on it, so give it at least one")
    }
    if let problem = task.metric.problem(for: task.answer.kind) {
      throw RunError.badTask("the metric \(task.metric.name) cannot be used: \(problem)")
    }
    if case .likelihood = task.answer.source {
      guard task.answer.kind.options?.isEmpty == false else {
        throw RunError.badTask(
          "answers of the kind \(task.answer.kind.name) have no fixed options to choose among; "
            + "let the answer be generated")
      }
      _ = try models.likelihoodModel(.task)
    }
    if task.metric.judges > 0 { _ = try models.languageModel(.judge) }
  }
}
