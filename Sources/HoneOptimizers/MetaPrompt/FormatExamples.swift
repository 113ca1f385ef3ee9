// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Training rows as the task model reads them, with a placeholder where the prompt goes.
public struct FormatExamples: Sendable, Hashable {
  /// Each row's input and expected answer.
  public struct Shown: Sendable, Hashable {
    /// The text the task model reads, with the placeholder.
    public var input: String
    /// The expected answer; empty when the task has none.
    public var answer: String
  }

  /// The rows shown.
  public var shown: [Shown]
  /// Where the prompt stands, as the end of a sentence such as "It stands".
  public var position: String

  init(shown: [Shown], position: String) {
    self.shown = shown
    self.position = position
  }

  /// Shows rows under a prompt's layout.
  ///
  /// A row whose fields do not fill the prompt's slots is left out.
  public init(rows: [Example], prompt: Prompt) {
    var template = prompt.withInstruction(PromptWrapTags.placeholder)
    template.demonstrations = []
    shown = rows.compactMap { row in
      guard let input = try? template.render(row.fields) else { return nil }
      return Shown(input: Self.text(of: input), answer: row.references.first ?? "")
    }
    position = Self.position(of: prompt.layout)
  }

  private static func text(of input: ModelInput) -> String {
    switch input {
    case .text(let text): text
    case .chat(let messages) where messages.count == 1: messages[0].content
    case .chat(let messages):
      messages.map { "[\($0.role.rawValue)] \($0.content)" }.joined(separator: "\n")
    }
  }

  private static func position(of layout: PromptLayout) -> String {
    switch layout {
    case .beforeQuestion: "before the question"
    case .afterQuestion: "after the question"
    case .systemMessage: "in the system message"
    case .raw(let template):
      if template.source.hasSuffix("{instruction}") {
        "at the end of the text, and the model writes on from there"
      } else {
        "at the place marked in the examples, in a text that the model writes on"
      }
    }
  }
}
