// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HonePrograms
import Testing

/// Refinement with feedback and least-to-most, with scripted replies.
struct RefineTests {
  /// Runs one example; `reply` is given the last message and the number of the call.
  private func run(
    _ body: any ProgramBody, _ program: Program, _ inputs: [String: String],
    _ reply: (String, Int) -> String
  ) async throws -> ProgramResult {
    var calls = 0
    let results = try await ProgramBatch(program: program, body: body).run([
      ProgramCase(prompts: Candidate(seedOf: program).prompts, inputs: inputs)
    ]) { requests in
      requests.map { request in
        calls += 1
        guard case .chat(let messages) = request.input else {
          return .failure(ModelError(.unsupported, "no chat"))
        }
        let text = reply(messages.last?.content ?? "", calls)
        return .success(Generation(text: text, finish: .endOfTurn, usage: Usage()))
      }
    }
    #expect(calls <= program.callsPerExample)
    return try #require(results.first)
  }

  private let reward: Refine.Reward = { inputs, outputs in
    let number = Double(outputs["answer"] ?? "") ?? 0
    return number == 12
      ? Score(1) : Score(number / 100, feedback: "\(inputs["question"] ?? "") is not \(number)")
  }

  @Test("A later attempt is told what was wrong, and the first that is good enough ends it")
  func advice() async throws {
    let body = Refine(attempts: 4, reward: reward)
    let program = try body.program(
      inputs: "question", answer: "answer: number", instruction: "Compute.")
    let result = try await run(body, program, ["question": "3 times 4"]) { text, call in
      switch call {
      case 1:
        #expect(text.contains("Advice: none so far"))
        return "7"
      case 2:
        #expect(text.contains("Attempt: answer: 7") && text.contains("3 times 4 is not 7.0"))
        return "Multiply, do not add."
      default: return text.contains("Advice: Multiply, do not add.") ? "12" : "7"
      }
    }
    #expect(try result.values.get()["answer"] == "12")
    #expect(result.trace.map(\.stage) == ["answer", "advise", "answer"])
  }

  @Test("When none is good enough the best attempt is taken, of equals the first")
  func best() async throws {
    let body = Refine(attempts: 3, reward: reward)
    var program = try body.program(
      inputs: "question", answer: "answer: number", instruction: "Compute.")
    for index in program.stages.indices { program.stages[index].call?.retries = 0 }
    let replies = ["8", "less", "no number at all", "more", "3"]
    let result = try await run(body, program, ["question": "3 times 4"]) { text, call in
      if call == 4 { #expect(text.contains("Remark: it could not be read")) }
      return replies[call - 1]
    }
    #expect(try result.values.get()["answer"] == "8")
    #expect(result.trace.map(\.stage) == ["answer", "advise", "answer", "advise", "answer"])
  }

  @Test("An example without any attempt that can be read fails with the reason")
  func unreadable() async throws {
    let body = Refine(attempts: 2, reward: reward)
    let program = try body.program(
      inputs: "question", answer: "answer: number", instruction: "Compute.")
    let result = try await run(body, program, ["question": "3 times 4"]) { _, _ in "who knows" }
    guard case .failure(.unreadable(stage: "answer", _)) = result.values else {
      Issue.record("\(result.values)")
      return
    }
  }

  @Test("Parts are solved in turn, each with the answers before it, and the answer sees all")
  func parts() async throws {
    let body = LeastToMost(parts: 2)
    let program = try body.program(
      inputs: "question", answer: "answer: number", instruction: "Solve the problem.")
    let question = "A slide of 15 minutes' use takes 4 up and 1 down. How often?"
    let result = try await run(body, program, ["question": question]) { text, call in
      switch call {
      case 1: return "Parts:\n- How long is one turn?\n- How many fit?\n- What else?"
      case 2:
        #expect(text.contains("Solved: nothing so far") && text.contains("Part: How long is one"))
        return "One turn takes 5 minutes."
      case 3:
        #expect(text.contains("- How long is one turn? One turn takes 5 minutes."))
        return "Three fit."
      default: return text.contains("- How many fit? Three fit.") ? "3" : "0"
      }
    }
    #expect(try result.values.get()["answer"] == "3")
    // The third part is left to the answer.
    #expect(result.trace.map(\.stage) == ["divide", "solve", "solve", "answer"])
  }
}
