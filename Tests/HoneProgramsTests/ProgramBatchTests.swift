// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HonePrograms
import HoneTesting
import Synchronization
import Testing

struct ProgramBatchTests {
  /// Answers by the last line it is shown, and keeps the batches.
  private final class Script: Sendable {
    private let log = Mutex([[String]]())
    private let answer: @Sendable (String) -> String

    init(_ answer: @escaping @Sendable (String) -> String) {
      self.answer = answer
    }

    var batches: [[String]] { log.withLock { $0 } }

    func send(_ requests: [GenerationRequest]) -> [Result<Generation, ModelError>] {
      let lines = requests.map { String($0.promptText.split(separator: "\n").last ?? "") }
      log.withLock { $0.append(lines) }
      return zip(requests, lines).map { request, line in
        let text = answer(line + (request.sampleIndex > 0 ? " #\(request.sampleIndex)" : ""))
        return .success(Generation(text: text, finish: .endOfTurn, usage: Usage()))
      }
    }
  }

  private func run(
    _ program: Program, body: any ProgramBody = StageSequence(), _ inputs: [String],
    _ script: Script
  ) async throws -> [ProgramResult] {
    let prompts = Candidate(seedOf: program).prompts
    return try await ProgramBatch(program: program, body: body).run(
      inputs.map { ProgramCase(prompts: prompts, inputs: ["word": $0]) }
    ) { script.send($0) }
  }

  private func doubling(retries: Int = 1) throws -> Program {
    var first = try Stage("first", "word -> twice", instruction: "Double it.")
    first.call?.retries = retries
    let second = try Stage("second", "twice -> answer", instruction: "Shout it.")
    return Program(stages: [first, second])
  }

  @Test("Stages run as one batch each, in the order of the examples")
  func batches() async throws {
    let script = Script { line in
      let word = line.split(separator: " ").last.map(String.init) ?? ""
      return line.hasPrefix("Word") ? word + word : word.uppercased()
    }
    let results = try await run(try doubling(), ["a", "b", "c"], script)
    #expect(
      script.batches == [
        ["Word: a", "Word: b", "Word: c"], ["Twice: aa", "Twice: bb", "Twice: cc"],
      ])
    #expect(try results.map { try $0.values.get()["answer"] } == ["AA", "BB", "CC"])
    #expect(
      results[1].trace == [
        StageTrace(stage: "first", inputs: ["word": "b"], outputs: ["twice": "bb"]),
        StageTrace(stage: "second", inputs: ["twice": "bb"], outputs: ["answer": "BB"]),
      ])
  }

  /// Doubles until the word is long enough: another number of calls for each example.
  private struct Growing: ProgramBody {
    func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
      var values = inputs
      while values["word"]?.count ?? 0 < 8 {
        values["word"] = try await run.call("first", values)["twice"]
      }
      return ["answer": values["word"] ?? ""]
    }
  }

  @Test("Control flow of its own is batched too: each round holds the examples still at work")
  func controlFlow() async throws {
    let script = Script { line in
      let word = line.split(separator: " ").last.map(String.init) ?? ""
      return word + word
    }
    let results = try await run(
      try doubling(), body: Growing(), ["ab", "longenough", "abcd"], script)
    #expect(script.batches == [["Word: ab", "Word: abcd"], ["Word: abab"]])
    #expect(
      try results.map { try $0.values.get()["answer"] } == ["abababab", "longenough", "abcdabcd"])
    #expect(results.map(\.trace.count) == [2, 0, 1])
  }

  @Test("A reply that cannot be read is asked for again, so often as is allowed, and counted")
  func retries() async throws {
    let call = { (retries: Int) in
      let signature = try Signature("word -> answer: number")
      return Program(stages: [
        try Stage(
          name: "n", call: StageCall(signature: signature, retries: retries), instruction: "Count.")
      ])
    }
    let script = Script { $0.contains("Word") ? ($0.contains("good") ? "3" : "some") : "4" }
    let results = try await run(try call(1), ["good", "bad"], script)
    #expect(try results.map { try $0.values.get()["answer"] } == ["3", "4"])
    #expect(script.batches.map(\.count) == [2, 1])
    #expect(script.batches[1][0].hasPrefix("That answer cannot be read: the field answer must be"))
    let problem = ReplyProblem.wrongType(field: "answer", required: "a number", received: "some")
    #expect(results.map { $0.trace[0].problems } == [[], [problem]])

    let strict = try await run(try call(0), ["bad"], Script { _ in "some" })
    #expect(strict[0].values == .failure(.unreadable(stage: "n", problem)))
    #expect(strict[0].trace[0].outputs.isEmpty)
  }

  @Test("The most frequent of several replies is taken, of equals the first")
  func votes() async throws {
    let signature = try Signature("word -> answer: number")
    let call = StageCall(signature: signature, votes: 4, retries: 0)
    let program = Program(stages: [try Stage(name: "n", call: call, instruction: "Count.")])
    let replies = ["tie": ["1", "2", "2", "1"], "most": ["1", "2", "2", "none"]]
    let script = Script { line in
      let index = line.split(separator: "#").dropFirst().first.flatMap { Int($0) } ?? 0
      return replies[line.contains("tie") ? "tie" : "most"]?[index] ?? ""
    }
    let results = try await run(program, ["tie", "most"], script)
    #expect(try results.map { try $0.values.get()["answer"] } == ["1", "2"])
    #expect(script.batches.map(\.count) == [8])
    #expect(program.callsPerExample == 4)
  }

  @Test("What is required is asked for again and then fails; what is wished for is let pass")
  func checks() async throws {
    func program(isRequired: Bool) throws -> Program {
      let check = FieldCheck(field: "answer", .maxWords(1), isRequired: isRequired)
      let call = StageCall(signature: try Signature("word -> answer"), retries: 1, checks: [check])
      return Program(stages: [try Stage(name: "n", call: call, instruction: "Answer.")])
    }
    let script = Script { _ in "two words" }
    let problem = ReplyProblem.unmet("the field answer must have at most 1 words")
    let strict = try await run(try program(isRequired: true), ["a"], script)
    #expect(strict[0].values == .failure(.unreadable(stage: "n", problem)))
    #expect(script.batches.map(\.count) == [1, 1])
    #expect(
      script.batches[1] == [
        "That answer is not as it should be: \(problem). Answer again, in the same form."
      ])
    let lenient = try await run(try program(isRequired: false), ["a"], Script { _ in "two words" })
    #expect(lenient[0].values == .success(["word": "a", "answer": "two words"]))
    #expect(lenient[0].trace[0].problems == [problem, problem])
    let mended = Script { $0.hasPrefix("That") ? "one" : "two words" }
    let better = try await run(try program(isRequired: true), ["a"], mended)
    #expect(try better[0].values.get()["answer"] == "one")
  }

  @Test("The best of several samples by a score is taken, of equals the first")
  func bestOf() async throws {
    struct Longest: ProgramBody {
      func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
        try await run.best(of: 3, "first", inputs) { Double(($0["twice"] ?? "").count) }
      }
    }
    let replies = ["ab", "abcd", "efgh"]
    let script = Script { line in
      replies[line.split(separator: "#").dropFirst().first.flatMap { Int($0) } ?? 0]
    }
    let results = try await run(try doubling(), body: Longest(), ["x"], script)
    #expect(try results[0].values.get() == ["twice": "abcd"])
    #expect(script.batches.map(\.count) == [3])
  }

  @Test("A stage that is not there, or an input without a value, ends the batch with its name")
  func mistakes() async throws {
    struct Wrong: ProgramBody {
      func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
        try await run.call(inputs["word"] ?? "", [:])
      }
    }
    let script = Script { $0 }
    await #expect(throws: ProgramMistake.noStage("third", known: ["first", "second"])) {
      try await run(try doubling(), body: Wrong(), ["third"], script)
    }
    await #expect(throws: ProgramMistake.self) {
      try await run(try doubling(), body: Wrong(), ["first"], script)
    }
  }

  @Test("What ends the batch is thrown, whatever the programs do with it")
  func ends() async throws {
    struct Stubborn: ProgramBody {
      func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
        for _ in 0..<3 { _ = try? await run.call("first", inputs) }
        return ["answer": "nothing"]
      }
    }
    let program = try doubling()
    let limit = BudgetExhausted(limit: .calls, allowed: 1, needed: 2)
    let prompts = Candidate(seedOf: program).prompts
    await #expect(throws: limit) {
      try await ProgramBatch(program: program, body: Stubborn()).run([
        ProgramCase(prompts: prompts, inputs: ["word": "a"]),
        ProgramCase(prompts: prompts, inputs: ["word": "b"]),
      ]) { _ in throw limit }
    }
  }

  @Test("An error of the program's own makes its example a failure, and no other")
  func ownErrors() async throws {
    struct ToolFailed: Error, CustomStringConvertible { var description: String { "no tool" } }
    struct Faulty: ProgramBody {
      func run(_ inputs: [String: String], in run: ProgramRun) async throws -> [String: String] {
        if inputs["word"] == "bad" { throw ToolFailed() }
        return try await run.call("second", ["twice": inputs["word"] ?? ""])
      }
    }
    let results = try await run(try doubling(), body: Faulty(), ["bad", "good"], Script { $0 })
    guard case .failure(.failed(_, let error)) = results[0].values else {
      Issue.record("no failure")
      return
    }
    #expect(error.message == "no tool")
    #expect(try results[1].values.get()["answer"] == "Twice: good")
  }
}
