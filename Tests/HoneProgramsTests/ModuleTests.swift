// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import Testing

/// The ready-made programs with scripted replies.
struct ModuleTests {
  /// Runs one example and gives what each stage was asked, with the fields.
  private func run(
    _ body: any ProgramBody, _ program: Program, _ inputs: [String: String],
    _ reply: (String, Int) -> String
  ) async throws -> ProgramResult {
    var calls = 0
    let prompts = Candidate(seedOf: program).prompts
    let results = try await ProgramBatch(program: program, body: body).run([
      ProgramCase(prompts: prompts, inputs: inputs)
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
    return try #require(results.first)
  }

  @Test("Two hops find what the first one names")
  func hops() async throws {
    let index = BM25Index([
      .init(id: "1", text: "The painter of The Blue Door was Ada Lund."),
      .init(id: "2", text: "Ada Lund was born in Tromsø."), .init(id: "3", text: "Doors are blue."),
    ])
    let body = HoppingRetrieval(index: index, hops: 2, passages: 1)
    let question = "Where was the painter of The Blue Door born?"
    let result = try await run(body, try body.program(), ["question": question]) { text, call in
      switch call {
      case 1: "painter of The Blue Door"
      case 2: text.contains("Ada Lund.") ? "Ada Lund born" : "nothing"
      default: text.contains("Tromsø") ? "Tromsø" : "unknown"
      }
    }
    #expect(try result.values.get()["answer"] == "Tromsø")
    #expect(result.trace.map(\.stage) == ["query", "query", "answer"])
  }

  @Test("Labels are inferred, retrieved and chosen, whatever the model writes around them")
  func labels() async throws {
    let body = InferRetrieveRank(
      labels: ["heart failure", "broken leg", "common cold", "sunburn", "headache"],
      descriptions: ["common cold": "cough sneeze runny nose"], shortlist: 2)
    let program = try body.program(instruction: "Name the illness.")
    let result = try await run(body, program, ["text": "She sneezes all day."]) { text, call in
      if call == 1 { return "sneeze, nose" }
      #expect(text.contains("Options: common cold, "))
      return "I think it is the Common Cold."
    }
    #expect(try result.values.get()["label"] == "common cold")
  }

  @Test("Code is run, and code that fails is sent back with the message")
  func code() async throws {
    let interpreter = Tool.command("shell", "a shell", ["sh"], limit: .seconds(60))
    let body = ProgramOfThought(interpreter: interpreter, attempts: 2, language: "shell")
    let program = try body.program(
      inputs: "question", answer: "answer: number", instruction: "Compute.")
    let result = try await run(body, program, ["question": "6 times 7?"]) { text, call in
      switch call {
      case 1: return "```sh\nexit 3\n```"
      case 2:
        #expect(text.contains("exit 3") && text.contains("gave error:"))
        return "```sh\necho $((6 * 7))\n```"
      default: return text.contains("Output: 42") ? "42" : "0"
      }
    }
    #expect(try result.values.get()["answer"] == "42")
    #expect(result.trace.map(\.stage) == ["code", "code", "answer"])
  }

  @Test("A command that takes too long is stopped and told of")
  func slow() async throws {
    let interpreter = Tool.command("shell", "a shell", ["sh"], limit: .milliseconds(200))
    let body = ProgramOfThought(interpreter: interpreter, attempts: 1, language: "shell")
    let program = try body.program(
      inputs: "question", answer: "answer", instruction: "Compute.")
    let start = ContinuousClock.now
    let result = try await run(body, program, ["question": "Wait."]) { text, call in
      call == 1 ? "exec sleep 600" : String(text.suffix(60))
    }
    #expect(try result.values.get()["answer"]?.contains("took longer than") == true)
    // Half of what it would take; a busy machine may be slow to start and to stop a program.
    #expect(ContinuousClock.now - start < .seconds(300))
  }
}
