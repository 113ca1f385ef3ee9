// SPDX-License-Identifier: Apache-2.0

/// Where the instruction goes.
public enum PromptLayout: Sendable, Hashable, Codable {
  /// In the user message, before the question.
  case beforeQuestion
  /// In the user message, after the question (the GPO paper's `Q_end`).
  case afterQuestion
  /// In the system message, after the system text.
  case systemMessage
  /// In a text that the model completes, without a chat template.
  ///
  /// The slots are the input fields, `{question}`, `{instruction}` (required) and
  /// `{demonstrations}` (required when there are any).
  case raw(SlotTemplate)

  /// Whether the model completes a text instead of answering a chat.
  public var isRaw: Bool {
    if case .raw = self { true } else { false }
  }
}
