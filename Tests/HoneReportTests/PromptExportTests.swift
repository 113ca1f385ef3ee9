// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneReport

@Suite struct PromptExportTests {
  private let row = Example(
    id: "t:1", fields: ["ticket": "Where is it?\n\"Now\""], references: ["shipping"])

  private func export(
    _ layout: PromptLayout = .beforeQuestion, change: (inout PromptTask) -> Void = { _ in }
  ) throws -> PromptExport {
    var task = try SampleRun().task
    change(&task)
    let prompt = Prompt(
      system: "You are {kind}.", instruction: "Name the team. Use {{braces}} never.",
      demonstrations: [Demonstration(fields: ["ticket": "Paid twice."], answer: "billing")],
      layout: layout, question: try SlotTemplate("Ticket: {ticket}"),
      demonstration: try SlotTemplate("{question} {answer}"))
    return PromptExport(task: task, prompt: prompt, examples: [row])
  }

  @Test func `The OpenAI body holds the evaluated messages and settings`() throws {
    let export = try export { $0.generation = GenerationSettings(maxTokens: 9, stop: ["\n"]) }
    let text = try export.text(to: .openai, model: "gpt")
    let body = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    guard case .chat(let messages) = try export.prompt.render(row.fields) else {
      Issue.record("not a chat")
      return
    }
    #expect(body["messages"] == PromptExport.json(messages))
    #expect(body["max_tokens"] == .number(9))
    #expect(body["temperature"] == .number(0))
    #expect(body["stop"] == .array([.string("\n")]))
    #expect(body["model"] == .string("gpt"))
  }

  @Test func `A raw layout becomes a completion request`() throws {
    let export = try export(.raw(SlotTemplate("{demonstrations}{question}\n{instruction}")))
    let body = try JSONDecoder().decode(
      JSONValue.self, from: Data(try export.text(to: .openai, model: "m").utf8))
    guard case .text(let text) = try export.prompt.render(row.fields) else {
      Issue.record("not a text")
      return
    }
    #expect(body["prompt"] == .string(text))
    #expect(body["messages"] == nil)
    #expect(try export.text(to: .curl, model: "m").contains("}/completions\""))
  }

  @Test func `The curl command carries the body and no key`() throws {
    let export = try export()
    let command = try export.text(to: .curl, model: "gpt")
    #expect(command.contains("Bearer $OPENAI_API_KEY"))
    let lines = command.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.contains("<<'END_OF_BODY'") })
    let end = try #require(lines.firstIndex { $0 == "END_OF_BODY" })
    let body = lines[(start + 1)..<end].joined(separator: "\n") + "\n"
    #expect(body == (try export.text(to: .openai, model: "gpt")))
  }

  @Test func `Braces in a prompt are not taken for promptfoo's`() throws {
    let export = try export()
    let text = try export.text(to: .promptfoo, model: "gpt")
    let config = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    guard case .array(let prompts)? = config["prompts"], case .string(let prompt)? = prompts.first
    else {
      Issue.record("no prompt")
      return
    }
    let messages = try JSONDecoder().decode([Message].self, from: Data(prompt.utf8))
    #expect(messages.map(\.role) == [.system, .user, .assistant, .user])
    #expect(
      messages.last?.content
        == "{% raw %}Name the team. Use {{braces}} never.\n\nTicket: {% endraw %}{{ ticket }}")
    guard case .array(let tests)? = config["tests"] else {
      Issue.record("no tests")
      return
    }
    #expect(tests.first?["vars"]?["ticket"] == .string("Where is it?\n\"Now\""))
  }

  @Test func `The DSPy module is Python that rebuilds the messages`() throws {
    let module = try export().text(to: .dspy, model: "gpt")
    #expect(
      module.contains(
        #""content": "Name the team. Use {{braces}} never.\n\nTicket: " + inputs["ticket"]}"#))
    #expect(module.contains("    ticket: str = dspy.InputField()"))
    #expect(PromptExport.literal("é\"\\\n😀") == "\"\\U000000e9\\\"\\\\\\n\\U0001f600\"")
  }

  @Test(arguments: PromptExport.Target.allCases)
  func `Answers chosen by likelihood are refused with the reason`(target: PromptExport.Target)
    throws
  {
    let export = try export { $0.answer.source = .likelihood(LikelihoodChoice()) }
    let refusal = #expect(throws: ExportRefusal.self) {
      try export.text(to: target, model: "gpt")
    }
    #expect(refusal?.description.contains("likelihood") == true)
  }

  @Test func `Tools refuse what they cannot send`() throws {
    let raw = try export(.raw(SlotTemplate("{demonstrations}{question} {instruction}")))
    #expect(throws: ExportRefusal.self) { try raw.text(to: .dspy, model: "m") }
    let named = try export { $0.inputFields = ["the ticket"] }
    #expect(throws: ExportRefusal.self) { try named.text(to: .dspy, model: "m") }
    #expect(throws: ExportRefusal.self) { try named.text(to: .promptfoo, model: "m") }
  }

  @Test func `A missing example is named with the flags that give it`() throws {
    let export = PromptExport(
      task: try SampleRun().task, prompt: try export().prompt, examples: [])
    let refusal = #expect(throws: ExportRefusal.self) {
      try export.text(to: .openai, model: "gpt")
    }
    #expect(refusal?.description.contains("--field ticket=TEXT") == true)
  }

  @Test func `Events are objects with a type and no positional members`() throws {
    for timed in try SampleRun().record().events {
      let json = EventDocument.json(timed)
      #expect(json["type"]?.stringValue != nil)
      #expect(json["_0"] == nil)
      #expect(!String(decoding: try CanonicalJSON.encode(json), as: UTF8.self).contains("\n"))
    }
    let result = EventDocument.json(resultOf: try SampleRun().record())
    #expect(result["test"]?["wins"] == .number(33))
    #expect(result["best"]?["instruction"]?.stringValue?.hasPrefix("Read the ticket") == true)
  }
}
