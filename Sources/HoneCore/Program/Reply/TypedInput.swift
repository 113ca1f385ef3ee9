// SPDX-License-Identifier: Apache-2.0

/// The messages of a stage with typed fields.
///
/// The instruction and the form of the answer come first, in the system message or, where the layout
/// says so, in each question; demonstrations are earlier turns. In a completion all is one text, which
/// ends with the heading of the first field to write.
struct TypedInput {
  var call: StageCall
  var prompt: Prompt

  /// Stands for an output that a demonstration does not know.
  static let notShown = "(not shown)"

  func input(_ values: [String: String]) throws(SlotTemplateError) -> ModelInput {
    let asked = try question(values, isComplete: true)
    if call.format == .completion { return .text(completion(asked)) }
    var messages: [Message] = []
    let isSystem = prompt.layout == .systemMessage
    let head = joined([isSystem ? prompt.instruction : "", form], "\n\n")
    let system = joined([prompt.system ?? "", head], "\n\n")
    if !system.isEmpty { messages.append(Message(.system, system)) }
    for item in prompt.shownDemonstrations {
      messages.append(Message(.user, turn(try question(item.fields, isComplete: false))))
      messages.append(Message(.assistant, reply(item)))
    }
    messages.append(Message(.user, turn(asked)))
    return .chat(messages)
  }

  private func turn(_ question: String) -> String {
    switch prompt.layout {
    case .beforeQuestion: joined([prompt.instruction, question], "\n\n")
    case .afterQuestion: joined([question, prompt.instruction], "\n")
    case .systemMessage, .raw: question
    }
  }

  /// The inputs, written in the format; a demonstration may lack some.
  private func question(
    _ values: [String: String], isComplete: Bool
  ) throws(SlotTemplateError) -> String {
    var lines: [String] = []
    for field in call.signature.inputs {
      guard let value = values[field.name] else {
        if !isComplete { continue }
        throw SlotTemplateError.missingValue(slot: field.name, available: values.keys.sorted())
      }
      lines.append(written(field, value))
    }
    return lines.joined(separator: divider)
  }

  /// What stands between fields.
  private var divider: String { call.format == .markdown ? "\n\n" : "\n" }

  private func written(_ field: Field, _ value: String) -> String {
    switch call.format {
    case .fields, .json: "\(field.label): \(value)"
    case .completion: "\(field.label): \(value.onOneParagraph)"
    case .xml: "<\(field.name)>\(value)</\(field.name)>"
    case .yaml: "\(field.name): \(YAMLValue.written(value, as: field.type))"
    case .markdown: "## \(field.label)\n\(value)"
    }
  }

  /// What the model would have written for a demonstration.
  private func reply(_ item: Demonstration) -> String {
    let values = call.outputs.map { field in
      (field, item.value(of: field.name, answer: call.signature.outputs.last?.name))
    }
    guard call.format == .json else {
      return values.map { written($0, $1 ?? Self.notShown) }.joined(separator: divider)
    }
    let members = values.map { field, value in
      "\(JSONDocument.canonical(.string(field.name)) ?? "\"\""): "
        + field.type.json(value ?? Self.notShown)
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  private func completion(_ asked: String) -> String {
    let hints = call.outputs.compactMap { field -> String? in
      let words = hint(field)
      return words.isEmpty ? nil : "\(field.label): \(words)."
    }
    var blocks = [
      joined(
        [prompt.system ?? "", prompt.instruction.onOneParagraph, hints.joined(separator: "\n")],
        "\n")
    ]
    for item in prompt.shownDemonstrations {
      let shown = call.signature.inputs.compactMap { field in
        item.fields[field.name].map { written(field, $0) }
      }
      blocks.append((shown + [reply(item)]).joined(separator: "\n"))
    }
    let first = call.outputs.first.map { "\n\($0.label):" } ?? ""
    blocks.append(asked + first)
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// How the answer is to be written.
  private var form: String {
    let given = call.signature.inputs.filter { !$0.description.isEmpty }
      .map { "\($0.label): \($0.description)." }.joined(separator: "\n")
    let fields = call.outputs
    let asked: String
    switch call.format {
    case .fields:
      let lines = fields.map { "\($0.label): (\(request($0)))" }
      asked = "Answer in this form:\n" + lines.joined(separator: "\n")
    case .json:
      let members = fields.map { "\"\($0.name)\" (\(request($0)))" }
      asked =
        "Answer with one JSON object that has the members "
        + members.joined(separator: ", ") + "."
    case .xml:
      let lines = fields.map { "<\($0.name)>\(request($0))</\($0.name)>" }
      asked = "Answer in this form:\n" + lines.joined(separator: "\n")
    case .yaml:
      let lines = fields.map { "\($0.name): (\(request($0)))" }
      asked = "Answer with YAML that has these keys:\n" + lines.joined(separator: "\n")
    case .markdown:
      let lines = fields.map { "## \($0.label)\n(\(request($0)))" }
      asked = "Answer in Markdown with these headings:\n" + lines.joined(separator: "\n\n")
    case .completion: asked = ""
    }
    return joined([given, asked], "\n\n")
  }

  private func request(_ field: Field) -> String {
    let words = hint(field)
    return words.isEmpty ? field.type.request : words
  }

  /// What is told of a field beyond that it is a text.
  private func hint(_ field: Field) -> String {
    let type = field.type == .text ? "" : field.type.request
    return joined([field.description, type], "; ")
  }

  private func joined(_ parts: [String], _ separator: String) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: separator)
  }
}

extension Demonstration {
  /// The value of an output: the answer, or what stands among the fields.
  func value(of output: String, answer: String?) -> String? {
    output == answer ? self.answer : fields[output]
  }
}

extension FieldType {
  /// A value in normal form as JSON.
  public func json(_ value: String) -> String {
    switch self {
    case .number, .bool, .list, .json:
      if JSONDocument.parse(value) != nil { return value }
    case .text, .label: break
    }
    return JSONDocument.canonical(.string(value)) ?? "\"\""
  }
}

extension String {
  /// The text without empty lines, which end a completion.
  var onOneParagraph: String {
    guard contains("\n") else { return self }
    return split(separator: "\n").filter { !String($0).trimmed.isEmpty }.joined(separator: "\n")
  }
}
