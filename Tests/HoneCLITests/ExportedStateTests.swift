// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import Testing

/// A program's run that is exported as DSPy's saved state, and begun again from the file.
@Suite(.timeLimit(.minutes(30))) struct ExportedStateTests {
  /// The kind of a thing, then its colour, which depends on its number.
  private static func write(_ request: GenerationRequest) throws -> String {
    guard case .chat(let messages) = request.input, let last = messages.last else { return "" }
    let number = Int(last.content.split { !$0.isNumber }.first ?? "") ?? 0
    guard last.content.contains("Kind:") else { return "Kind: kind of \(number)" }
    return "Colour: " + (messages.count > 3 || number.isMultiple(of: 3) ? colour(number) : "green")
  }

  private static func colour(_ number: Int) -> String {
    number.isMultiple(of: 2) ? "red" : "blue"
  }

  private static func task(_ server: FaultServer) -> String {
    """
    name: things
    description: Tell the colour of a thing.
    data: {file: things.jsonl, split: {train: 8, dev: 6, test: 4}}
    inputs: [thing]
    answer: {field: colour, kind: label, labels: [red, blue]}
    program:
      - {name: tell-kind, signature: thing -> kind, instruction: Tell the kind.}
      - {name: colour, signature: "thing, kind -> colour: red | blue", instruction: Tell the colour.}
    models: {task: "\(server.address)#any"}
    optimizer: {name: bootstrap-few-shot}
    budget: {calls: 200}
    seed: 1

    """
  }

  @Test func `A run's program is exported with all stages, and a search goes on from the file`()
    async throws
  {
    let server = try await FaultServer(.none, writer: Self.write)
    let command = try BuiltCommand()
    defer { command.removeHome() }
    let rows = (1...18).map { #"{"thing": "thing \#($0)", "colour": "\#(Self.colour($0))"}"# }
    try command.write(rows.joined(separator: "\n") + "\n", to: "things.jsonl")
    try command.write(Self.task(server), to: "task.yaml")
    let run = try await command.run(
      "optimize", "task.yaml", "--name", "one", "--no-cache", "--quiet")
    #expect(run.code == 0, "\(run.error)")
    let exported = try await command.run("export", "one", "--to", "dspy-state", "-o", "state.json")
    #expect(exported.code == 0, "\(exported.error)")

    let data = try Data(contentsOf: command.home.appending(path: "state.json"))
    let state = try JSONDecoder().decode(JSONValue.self, from: data)
    #expect(state["tell_kind"]?["signature"]?["instructions"] == .string("Tell the kind."))
    guard case .array(let shown)? = state["colour"]?["demos"] else {
      Issue.record("no demonstrations: \(String(decoding: data, as: UTF8.self))")
      return
    }
    #expect(!shown.isEmpty)
    for demo in shown {
      let number = Int(demo["thing"]?.stringValue?.split { !$0.isNumber }.first ?? "") ?? 0
      #expect(demo["colour"] == .string(Self.colour(number)))
    }

    let again = try await command.run(
      "eval", "task.yaml", "--program", "state.json", "--no-cache", "--json")
    #expect(again.code == 0, "\(again.error)")
    await server.stop()
  }
}
