// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneTesting
import Testing

/// Modules with stages of their own among other stages, as a task file declares them.
struct LoopTests {
  /// A program of a module that writes a fact and a stage that answers from it.
  private static func program(_ loop: StageLoop, format: ReplyFormat = .fields) throws -> Program {
    var loop = loop
    let stages = try loop.body.stages(
      inputs: "question", answer: "fact", instruction: "Find it.", format: format)
    loop.stages = stages.map(\.name)
    let last = try Stage("say", "question, fact -> answer", instruction: "Say it.")
    return Program(
      stages: stages + [last], mostCalls: loop.body.mostCalls(of: stages) + last.mostCalls,
      loops: [loop])
  }

  private func run(
    _ program: Program, _ reply: @escaping @Sendable (String) -> String
  ) async throws -> ProgramResult {
    let prompts = Candidate(seedOf: program).prompts
    let inputs = ["question": "What is shouted?"]
    let results = try await ProgramBatch(program: program).run([
      ProgramCase(prompts: prompts, inputs: inputs)
    ]) { requests in
      requests.map { request in
        .success(
          Generation(text: reply(request.promptText), finish: .endOfTurn, usage: Usage()))
      }
    }
    return results[0]
  }

  @Test("ReAct among stages uses its commands, and only what it writes last goes on")
  func react() async throws {
    let shout = ToolCommand(
      name: "shout", description: "in capitals", words: ["tr", "a-z", "A-Z"])
    let program = try Self.program(
      StageLoop(name: "look", module: .react, most: 2, tools: [shout]))
    #expect(program.stages.map(\.name) == ["look_act", "look_answer", "say"])
    // Two turns and two answers, each of which may be asked for again once.
    #expect(program.callsPerExample == 2 * 2 + 2 + 2)
    let result = try await run(program) { text in
      if text.contains("Say it.") { return "Answer: \(text.contains("Turns:") ? "leak" : "said")" }
      guard text.contains("Tools:") else { return "Reasoning: seen\nFact: HELLO" }
      return text.contains("gave: HELLO")
        ? "Thought: enough.\nTool: finish\nInput: none"
        : "Thought: shout.\nTool: shout\nInput: hello"
    }
    #expect(try result.values.get()["answer"] == "said")
    #expect(result.trace.map(\.stage) == ["look_act", "look_act", "look_answer", "say"])
    #expect(result.trace.last?.inputs == ["question": "What is shouted?", "fact": "HELLO"])
    #expect(try result.values.get()["turns"] == nil)
  }

  @Test("A program of thought runs what is written, and is told what went wrong")
  func programOfThought() async throws {
    let shell = ToolCommand(name: "interpreter", description: "runs", words: ["sh"], seconds: 60)
    let program = try Self.program(
      StageLoop(
        name: "work", module: .programOfThought, tools: [shell], language: "shell"))
    #expect(program.stages[0].prompt.instruction.contains("a shell program"))
    let result = try await run(program) { text in
      if text.contains("Say it.") { return "Answer: done" }
      if text.contains("Output:") {
        return "Fact: \(text.components(separatedBy: "Output: ").last ?? "")"
      }
      return text.contains("Problem: none") ? "Code: exit 3" : "Code: echo $((6 * 7))"
    }
    #expect(result.trace.map(\.stage) == ["work_code", "work_code", "work_answer", "say"])
    #expect(try result.values.get()["fact"] == "42")
  }

  @Test("Least to most solves its parts in turn")
  func leastToMost() async throws {
    let program = try Self.program(StageLoop(name: "split", module: .leastToMost, most: 3))
    let result = try await run(program) { text in
      if text.contains("Say it.") { return "Answer: done" }
      if text.contains("Part:") { return "Result: solved" }
      return text.contains("Solved:") ? "Fact: all" : "Parts: one\ntwo"
    }
    #expect(
      result.trace.map(\.stage)
        == ["split_divide", "split_solve", "split_solve", "split_answer", "say"])
    #expect(try result.values.get()["fact"] == "all")
  }

  @Test("A program with modules is stored and read as it was")
  func storing() throws {
    let tool = ToolCommand(name: "a", description: "b", words: ["c"], isSandboxed: false)
    let program = try Self.program(StageLoop(name: "look", module: .react, tools: [tool]))
    let data = try JSONEncoder().encode(program)
    #expect(try JSONDecoder().decode(Program.self, from: data) == program)
    #expect(program.loop(of: "look_act")?.name == "look")
    #expect(program.loop(of: "look_other") == nil)
  }
}
