// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HonePrograms
import HoneReport

/// The messages of a stage as text and as JSON.
struct StageText: Sendable {
  private let shown: SavedProgram.StageMessages

  init(_ shown: SavedProgram.StageMessages) {
    self.shown = shown
  }

  /// The stage's name and signature, then each message under its role.
  var text: String {
    let stage = shown.stage
    var facts = ["\(stage.inputs.joined(separator: ", ")) -> \(stage.output)"]
    if let call = stage.call {
      facts = [call.signature.written, call.module.rawValue, call.format.rawValue]
      if call.votes > 1 { facts.append("vote of \(call.votes)") }
    }
    let count = stage.prompt.demonstrations.count
    facts.append(Figures.count(count, "demonstration"))
    let head = "== \(stage.name) (\(facts.joined(separator: "; ")))"
    let parts: [String] =
      switch shown.input {
      case .text(let text): ["[text to complete]\n" + VisibleText.of(text)]
      case .chat(let messages):
        messages.map { "[\($0.role.rawValue)]\n" + VisibleText.of($0.content) }
      }
    return ([head] + parts).joined(separator: "\n\n")
  }

  /// One object with the stage and its messages or text.
  var json: String {
    var members: [String: JSONValue] = ["stage": .string(shown.stage.name)]
    switch shown.input {
    case .text(let text): members["text"] = .string(text)
    case .chat(let messages):
      members["messages"] = .array(
        messages.map {
          .object(["role": .string($0.role.rawValue), "content": .string($0.content)])
        })
    }
    return JSONLine.text(members)
  }
}
