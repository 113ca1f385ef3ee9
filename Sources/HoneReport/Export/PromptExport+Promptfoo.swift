// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension PromptExport {
  /// A promptfoo configuration in JSON, which promptfoo reads as it does YAML.
  ///
  /// Text that promptfoo's templates would take for their own is fenced off.
  func promptfoo(model: String) throws(ExportRefusal) -> String {
    if let bad = task.inputFields.first(where: { !Self.isName($0) }) {
      throw ExportRefusal(
        "The field “\(bad)” cannot be a variable of promptfoo. Rename the field in the data to "
          + "letters, digits and underscores.")
    }
    let prompt: String
    switch try template({ Self.mark($0) }) {
    case .chat(let messages):
      let fenced = messages.map { Message($0.role, Self.unmarked($0.content)) }
      prompt = try Self.pretty(Self.json(fenced))
    case .text(let text): prompt = Self.unmarked(text)
    }
    let kind = self.prompt.layout.isRaw ? "completion" : "chat"
    var settings: [String: JSONValue] = [
      "max_tokens": .number(Double(task.generation.maxTokens)),
      "temperature": .number(task.generation.temperature),
    ]
    if !task.generation.stop.isEmpty {
      settings["stop"] = .array(task.generation.stop.map { .string($0) })
    }
    let provider: JSONValue = .object([
      "id": .string("openai:\(kind):\(model)"), "config": .object(settings),
    ])
    return try Self.pretty(
      .object([
        "description": .string(task.description), "prompts": .array([.string(prompt)]),
        "providers": .array([provider]), "tests": .array(examples.map(test)),
      ])) + "\n"
  }

  private func test(_ example: Example) -> JSONValue {
    var members: [String: JSONValue] = [
      "description": .string(example.id),
      "vars": .object(example.fields.mapValues { .string(Self.fenced($0)) }),
    ]
    let references: [JSONValue] = example.references.map { .string($0) }
    switch task.metric {
    case .exactMatch where references.count == 1:
      members["assert"] = .array([.object(["type": .string("equals"), "value": references[0]])])
    // Weaker than reading the answer as the run did, but all that a plain check can do.
    case .accuracy, .contains,
      .exactMatch where !references.isEmpty:
      members["assert"] = .array([
        .object(["type": .string("icontains-any"), "value": .array(references)])
      ])
    default: break
    }
    return .object(members)
  }

  /// A stand-in for a field that no text holds, replaced after the text around it is fenced.
  private static func mark(_ field: String) -> String { "\u{F8FE}\(field)\u{F8FF}" }

  private static func unmarked(_ text: String) -> String {
    var result = ""
    for (index, part) in text.split(separator: "\u{F8FE}", omittingEmptySubsequences: false)
      .enumerated()
    {
      let pieces = part.split(
        separator: "\u{F8FF}", maxSplits: 1, omittingEmptySubsequences: false)
      guard index > 0, pieces.count == 2 else {
        result += fenced(String(part))
        continue
      }
      result += "{{ \(pieces[0]) }}" + fenced(String(pieces[1]))
    }
    return result
  }

  private static func fenced(_ text: String) -> String {
    ["{{", "{%", "{#"].contains { text.contains($0) } ? "{% raw %}\(text){% endraw %}" : text
  }
}
