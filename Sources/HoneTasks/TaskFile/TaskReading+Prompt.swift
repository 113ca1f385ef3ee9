// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension TaskReading {
  /// The starting prompt, or nil after reporting why there is none.
  mutating func readPrompt() -> Prompt? {
    guard let node = root["prompt"] else { return nil }
    let fields = inputs.map(\.name)
    let question = readTemplate(node["question"], "prompt.question", slots: fields)
    let layout = readLayout(node, fields)
    let demonstrations = readDemonstrations(node["demonstrations"], fields)
    let demonstration = readTemplate(
      node["demonstration"], "prompt.demonstration",
      slots: fields + ["question", "instruction", "answer"])
    if let layout, !layout.isRaw, let member = node["demonstration"] {
      problems.add(
        at: member.position, "prompt.demonstration", "goes with layout: raw only",
        advice: "in a chat, demonstrations are earlier turns; remove it")
    }
    guard let instruction = node.text ?? node["instruction"]?.text, let layout,
      let question = question
        ?? Self.defaultQuestion(fields.filter { !images.contains($0) })
    else { return nil }
    return Prompt(
      system: node["system"]?.text, instruction: instruction, demonstrations: demonstrations,
      layout: layout, question: question, demonstration: demonstration)
  }

  /// The only field, or a line for each of several; nothing where all are images.
  private static func defaultQuestion(_ fields: [String]) -> SlotTemplate? {
    let text =
      fields.count == 1
      ? "{\(fields[0])}" : fields.map { "\($0): {\($0)}" }.joined(separator: "\n")
    return try? SlotTemplate(text)
  }

  private mutating func readLayout(_ node: DocumentNode, _ fields: [String]) -> PromptLayout? {
    let word = node["layout"]?.text ?? "before-question"
    if word != "raw", let template = node["template"] {
      problems.add(
        at: template.position, "prompt.template", "goes with layout: raw only, not with \(word)",
        advice: "write layout: raw, or remove it")
    }
    switch word {
    case "before-question": return .beforeQuestion
    case "after-question": return .afterQuestion
    case "system": return .systemMessage
    case "raw": return readRawLayout(node, fields)
    default: return nil
    }
  }

  private mutating func readRawLayout(_ node: DocumentNode, _ fields: [String]) -> PromptLayout? {
    if let system = node["system"] {
      problems.add(
        at: system.position, "prompt.system", "needs a chat; layout raw has no system message",
        advice: "write it into the template")
    }
    for input in inputs where ["instruction", "demonstrations"].contains(input.name) {
      problems.add(
        at: input.position, "inputs",
        "in layout raw the slot {\(input.name)} is taken, so no field can have this name",
        advice: "rename the field in the data")
    }
    guard let source = node["template"] else {
      problems.add(
        at: node["layout"]?.position ?? node.position, "prompt.template",
        "is required and missing for layout raw",
        advice: "write the text to complete, with {instruction} in it")
      return nil
    }
    let slots = fields + ["question", "instruction", "demonstrations"]
    guard let template = readTemplate(source, "prompt.template", slots: slots) else { return nil }
    checkRaw(template, source, fields, demonstrated: node["demonstrations"] != nil)
    return .raw(template)
  }

  private mutating func checkRaw(
    _ template: SlotTemplate, _ source: DocumentNode, _ fields: [String], demonstrated: Bool
  ) {
    if !template.slots.contains("instruction") {
      problems.add(
        at: source.position, "prompt.template", "the slot {instruction} is required and missing",
        advice: "write it where the searched text goes")
    }
    if demonstrated, !template.slots.contains("demonstrations") {
      problems.add(
        at: source.position, "prompt.template",
        "the slot {demonstrations} is required and missing, since there are demonstrations")
    }
    if !fields.isEmpty, !template.slots.contains(where: { $0 == "question" || fields.contains($0) })
    {
      problems.add(
        at: source.position, "prompt.template", "shows no input field",
        advice: "write {question} where the row goes")
    }
    if template.source.last?.isWhitespace == true {
      warnings.append(
        "\(problems.file):\(source.position.line): prompt.template ends in white space; models "
          + "continue worse after it, so write |- instead of | or remove the space")
    }
  }

  private mutating func readTemplate(
    _ node: DocumentNode?, _ path: String, slots: [String]
  ) -> SlotTemplate? {
    guard let node, let text = node.text else { return nil }
    do {
      let template = try SlotTemplate(text)
      var known = Set(slots)
      for slot in template.slots where !inputs.isEmpty && known.insert(slot).inserted {
        problems.add(
          at: node.position, path, "there is nothing to fill the slot {\(slot)} with",
          advice: NearestWord.advice(for: slot, among: slots))
      }
      return template
    } catch {
      problems.add(at: node.position, path, error.description)
      return nil
    }
  }

  private mutating func readDemonstrations(
    _ node: DocumentNode?, _ fields: [String]
  ) -> [Demonstration] {
    let answerKey = answerField ?? "answer"
    let names = fields + [answerKey]
    var demonstrations: [Demonstration] = []
    for (index, item) in (node?.items ?? []).enumerated() {
      guard let members = item.members else { continue }
      let path = "prompt.demonstrations[\(index)]"
      for member in members where !names.contains(member.key) {
        problems.add(
          at: member.position, path, "unknown field \"\(DocumentNode.shortened(member.key))\"",
          advice: NearestWord.advice(for: member.key, among: names))
      }
      for name in names where item[name] == nil {
        problems.add(at: item.position, path, "the field \"\(name)\" is required and missing")
      }
      guard let shown = item[answerKey], let text = shown.text else { continue }
      if let problem = answer?.kind.problem(withReference: text) {
        problems.add(
          at: shown.position, "\(path).\(answerKey)", problem.message, advice: problem.advice)
      }
      let values = fields.compactMap { name in item[name]?.text.map { (name, $0) } }
      demonstrations.append(
        Demonstration(
          fields: Dictionary(values, uniquingKeysWith: { first, _ in first }), answer: text))
    }
    return demonstrations
  }
}
