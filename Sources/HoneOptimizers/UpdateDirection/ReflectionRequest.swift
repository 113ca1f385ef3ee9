// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The text that asks an optimizer model what is wrong with a prompt.
public struct ReflectionRequest: Sendable {
  /// What the task is.
  public var task: String
  /// The prompt.
  public var instruction: String
  /// Rows that came out wrong under it.
  public var rows: [WrongRow]

  /// Creates a request.
  public init(task: String, instruction: String, rows: [WrongRow]) {
    self.task = task
    self.instruction = instruction
    self.rows = rows
  }

  /// The whole text.
  public var text: String {
    let description = task.trimmed
    let opening =
      "A language model works on a task under a prompt. Find out why it makes mistakes.\n"
      + (description.isEmpty ? "" : "The task: \(description)\n")
      + "The prompt: \(instruction)"
    let shown =
      "Under this prompt the examples below came out wrong. \(PromptWrapTags.placeholder) marks "
      + "where the prompt was put in."
    let request =
      "Name the one fault of the prompt that explains most of these mistakes: what it leaves out, "
      + "leaves open or gets wrong. Use three sentences at most. Speak of the kind of mistake, do not "
      + "repeat the examples, and do not write a new prompt."
    return ([opening, shown] + rows.map(\.text) + [request]).joined(separator: "\n\n")
  }
}
