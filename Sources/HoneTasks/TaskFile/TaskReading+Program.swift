// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension TaskReading {
  /// The starting program, of one prompt or of stages, or nil after reporting why there is none.
  mutating func readProgram() -> Program? {
    let fields = inputs.map(\.name)
    let member = root.members?.first { $0.key == "program" }
    switch (root["prompt"], member) {
    case (nil, nil):
      problems.add(
        at: root.position, "prompt", "is required and missing",
        advice: "write the instruction there, or the stages under program")
      return nil
    case (_?, let member?):
      problems.add(
        at: member.position, "program", "cannot stand beside prompt",
        advice: "a program's stages have prompts of their own; leave one of the two out")
      return nil
    case (_?, nil): return readPrompt().map { Program(prompt: $0, inputs: fields) }
    case (nil, let member?): return readStages(member.value)
    }
  }

  private mutating func readStages(_ node: DocumentNode) -> Program? {
    guard let items = node.items, !items.isEmpty else { return nil }
    checkAnswer()
    var parts = ProgramParts(known: inputs.map(\.name))
    for (index, item) in items.enumerated() {
      var reading = StageReading(
        node: item, path: "program[\(index)]", isLast: index == items.count - 1, answer: answer,
        folder: folder)
      let read = reading.read(
        known: inputs.isEmpty ? nil : parts.known, inputs: inputs.map(\.name),
        earlier: parts.names, into: &problems)
      guard let read else { continue }
      if let name = parts.add(read) {
        problems.add(
          at: item.position, "program[\(index)].name",
          "the stage \"\(DocumentNode.shortened(name))\" of this module stands twice",
          advice: "give the module or the other stage another name")
      }
    }
    guard parts.count == items.count else { return nil }
    for (name, unread) in parts.unread {
      warnings.append(
        "\(problems.file): no later stage reads what the stage \(name) writes "
          + "(\(unread.joined(separator: ", ")))")
    }
    return parts.program
  }

  /// Ways to an answer that a program does not have.
  private mutating func checkAnswer() {
    for (key, word) in [("choose", "likelihood"), ("final-turn", "true")] {
      guard let node = root["answer"]?[key], node.text == word else { continue }
      problems.add(
        at: node.position, "answer.\(key)", "goes with prompt only, not with program",
        advice: "a program's last stage writes the answer as its last field; remove it")
    }
  }
}
