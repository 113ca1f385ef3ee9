// SPDX-License-Identifier: Apache-2.0

/// A prompt as a value: what an optimizer changes, and how it is laid out.
public struct Prompt: Sendable, Hashable, Codable {
  /// The text of the system message, or nil for none.
  public var system: String?
  /// The instruction, the part that is searched.
  public var instruction: String
  /// Examples shown with their answers, in order.
  public var demonstrations: [Demonstration]
  /// How the shown demonstrations are chosen for each example; nil shows all.
  public var nearest: NearestDemonstrations?
  /// Where the instruction goes.
  public var layout: PromptLayout
  /// How an example's fields become the question, such as `{input}`.
  public var question: SlotTemplate
  /// How a demonstration is written in a raw text: `{question}` and `{answer}` are its slots.
  public var demonstration: SlotTemplate?
  /// The format of typed fields that a search chose; nil for the stage's own.
  public var format: ReplyFormat?

  /// Creates a prompt.
  public init(
    system: String? = nil, instruction: String, demonstrations: [Demonstration] = [],
    layout: PromptLayout = .beforeQuestion, question: SlotTemplate,
    demonstration: SlotTemplate? = nil
  ) {
    self.system = system
    self.instruction = instruction
    self.demonstrations = demonstrations
    self.layout = layout
    self.question = question
    self.demonstration = demonstration
  }

  /// The same prompt with another instruction.
  public func withInstruction(_ instruction: String) -> Prompt {
    var copy = self
    copy.instruction = instruction
    return copy
  }
}
