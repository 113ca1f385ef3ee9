// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import Testing

struct ReActTests {
  private struct Broken: Error, CustomStringConvertible {
    var description: String { "no such city" }
  }

  private static let react = ReAct(
    tools: [
      Tool("population", "the people of a city, by its name") { city in
        guard city == "Bonn" else { throw Broken() }
        return "336000"
      },
      Tool("slow", "never ends", limit: .milliseconds(10)) { _ in
        try await Task.sleep(for: .seconds(60))
        return "too late"
      },
    ], turns: 3)

  /// Runs one example; `turn` writes the acting stage's reply from the turns so far.
  private func run(
    _ turn: @escaping @Sendable (String) -> String
  ) async throws -> (result: ProgramResult, batches: Int) {
    let program = try Self.react.program(
      inputs: "question", answer: "answer: number", instruction: "Answer.")
    let prompts = Candidate(seedOf: program).prompts
    var batches = 0
    let results = try await ProgramBatch(program: program, body: Self.react).run([
      ProgramCase(prompts: prompts, inputs: ["question": "How many live in Bonn?"])
    ]) { requests in
      batches += 1
      return requests.map { request in
        let text = request.input.text
        let isAct = text.contains("Tools:")
        let turns = text.components(separatedBy: "Turns: ").last ?? ""
        let reply = isAct ? turn(turns) : "Reasoning: found \(turns)\nAnswer: 336000"
        return .success(Generation(text: reply, finish: .endOfTurn, usage: Usage()))
      }
    }
    return (results[0], batches)
  }

  @Test("Turns go on until the model is done, and the answer is written from them")
  func turns() async throws {
    let (result, batches) = try await run { turns in
      turns.contains("336000")
        ? "Thought: I know.\nTool: finish\nInput: none"
        : "Thought: look.\nTool: population\nInput: Bonn"
    }
    #expect(try result.values.get()["answer"] == "336000")
    #expect(batches == 3)
    #expect(result.trace.map(\.stage) == ["act", "act", "answer"])
    #expect(
      result.trace[2].inputs["turns"]
        == "Thought: look. Used population with Bonn, which gave: 336000")
  }

  @Test("A tool that fails or takes too long tells so, and turns are bounded")
  func failures() async throws {
    let (failed, _) = try await run { _ in "Thought: look.\nTool: population\nInput: Rome" }
    #expect(failed.trace.count == 4)
    #expect(failed.trace[3].inputs["turns"]?.contains("error: no such city") == true)
    let (slow, _) = try await run { _ in "Thought: wait.\nTool: slow\nInput: x" }
    #expect(slow.trace.last?.inputs["turns"]?.contains("error: the tool took longer") == true)
  }

  @Test("A turn that cannot be read ends the turns, and the answer is still asked for")
  func unreadable() async throws {
    let (result, batches) = try await run { _ in "I would rather not." }
    #expect(try result.values.get()["answer"] == "336000")
    // The turn is asked for twice, then the answer.
    #expect(batches == 3)
    #expect(Self.react.turns == 3)
  }
}

extension ModelInput {
  fileprivate var text: String {
    switch self {
    case .text(let text): text
    case .chat(let messages): messages.map(\.content).joined(separator: "\n")
    }
  }
}
