// SPDX-License-Identifier: Apache-2.0

extension Prompt {
  /// The model's input for an example.
  ///
  /// Demonstrations become earlier turns of a chat, or text in the `{demonstrations}` slot of a raw
  /// layout. An empty instruction leaves no empty line behind.
  /// - Throws: ``SlotTemplateError`` when a slot has no value in the example's fields.
  public func render(_ fields: [String: String]) throws(SlotTemplateError) -> ModelInput {
    switch layout {
    case .raw(let template):
      return .text(try rawText(template, fields))
    case .beforeQuestion, .afterQuestion, .systemMessage:
      return .chat(try messages(fields))
    }
  }

  private func messages(_ fields: [String: String]) throws(SlotTemplateError) -> [Message] {
    var messages: [Message] = []
    var systemParts = [system ?? ""]
    if case .systemMessage = layout { systemParts.append(instruction) }
    let systemText = Self.joined(systemParts, separator: "\n\n")
    if !systemText.isEmpty { messages.append(Message(.system, systemText)) }
    for demonstration in shownDemonstrations {
      messages.append(Message(.user, try userText(demonstration.fields)))
      messages.append(Message(.assistant, demonstration.answer))
    }
    messages.append(Message(.user, try userText(fields)))
    return messages
  }

  private func userText(_ fields: [String: String]) throws(SlotTemplateError) -> String {
    let question = try question.filled(with: fields)
    switch layout {
    case .beforeQuestion: return Self.joined([instruction, question], separator: "\n\n")
    case .afterQuestion: return Self.joined([question, instruction], separator: "\n")
    case .systemMessage, .raw: return question
    }
  }

  private func rawText(
    _ template: SlotTemplate, _ fields: [String: String]
  ) throws(SlotTemplateError) -> String {
    var shown: [String] = []
    for item in shownDemonstrations {
      var values = item.fields
      values["question"] = try question.filled(with: item.fields)
      values["instruction"] = instruction
      values["answer"] = item.answer
      if let demonstration {
        shown.append(try demonstration.filled(with: values))
      } else {
        values["demonstrations"] = ""
        shown.append(try template.filled(with: values) + " " + item.answer)
      }
    }
    var values = fields
    values["question"] = try question.filled(with: fields)
    values["instruction"] = instruction
    values["demonstrations"] = shown.map { $0 + "\n\n" }.joined()
    return try template.filled(with: values)
  }

  private static func joined(_ parts: [String], separator: String) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: separator)
  }
}
