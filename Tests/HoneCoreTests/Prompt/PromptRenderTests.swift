// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Prompts rendered for an example")
struct PromptRenderTests {
  private let fields = ["input": "2+2?"]

  private func prompt(
    _ layout: PromptLayout, instruction: String = "Add.", system: String? = nil,
    demonstrations: [Demonstration] = [], demonstration: String? = nil
  ) throws -> Prompt {
    Prompt(
      system: system, instruction: instruction, demonstrations: demonstrations, layout: layout,
      question: try SlotTemplate("Q: {input}"),
      demonstration: try demonstration.map { try SlotTemplate($0) })
  }

  private let shown = [
    Demonstration(fields: ["input": "1+1?"], answer: "2"),
    Demonstration(fields: ["input": "1+2?"], answer: "3"),
  ]

  @Test("before the question, the instruction and the question are paragraphs")
  func before() throws {
    #expect(
      try prompt(.beforeQuestion, system: "Be brief.").render(fields)
        == .chat([Message(.system, "Be brief."), Message(.user, "Add.\n\nQ: 2+2?")]))
  }

  @Test("after the question, the instruction is a line")
  func after() throws {
    #expect(
      try prompt(.afterQuestion).render(fields) == .chat([Message(.user, "Q: 2+2?\nAdd.")]))
  }

  @Test("in the system message, the instruction follows the system text")
  func system() throws {
    #expect(
      try prompt(.systemMessage, system: "Be brief.").render(fields)
        == .chat([Message(.system, "Be brief.\n\nAdd."), Message(.user, "Q: 2+2?")]))
    #expect(
      try prompt(.systemMessage).render(fields)
        == .chat([Message(.system, "Add."), Message(.user, "Q: 2+2?")]))
  }

  @Test("an empty instruction or system text leaves nothing behind")
  func empty() throws {
    let question = ModelInput.chat([Message(.user, "Q: 2+2?")])
    for layout in [PromptLayout.beforeQuestion, .afterQuestion, .systemMessage] {
      #expect(try prompt(layout, instruction: "", system: "").render(fields) == question)
    }
  }

  @Test("demonstrations are earlier turns with the same layout")
  func demonstrations() throws {
    #expect(
      try prompt(.afterQuestion, system: "S", demonstrations: shown).render(fields)
        == .chat([
          Message(.system, "S"), Message(.user, "Q: 1+1?\nAdd."), Message(.assistant, "2"),
          Message(.user, "Q: 1+2?\nAdd."), Message(.assistant, "3"),
          Message(.user, "Q: 2+2?\nAdd."),
        ]))
    #expect(
      try prompt(.systemMessage, demonstrations: [shown[0]]).render(fields)
        == .chat([
          Message(.system, "Add."), Message(.user, "Q: 1+1?"), Message(.assistant, "2"),
          Message(.user, "Q: 2+2?"),
        ]))
  }

  @Test("a raw text fills fields, question, instruction and demonstrations")
  func raw() throws {
    let layout = PromptLayout.raw(
      try SlotTemplate("{demonstrations}{question}\n{instruction}\nA ({input}):"))
    #expect(
      try prompt(layout).render(fields) == .text("Q: 2+2?\nAdd.\nA (2+2?):"))
    #expect(
      try prompt(layout, demonstrations: [shown[0]]).render(fields)
        == .text("Q: 1+1?\nAdd.\nA (1+1?): 2\n\nQ: 2+2?\nAdd.\nA (2+2?):"))
    let written = try prompt(layout, demonstrations: shown, demonstration: "{question} {answer}")
    #expect(
      try written.render(fields)
        == .text("Q: 1+1? 2\n\nQ: 1+2? 3\n\nQ: 2+2?\nAdd.\nA (2+2?):"))
  }

  @Test("braces in an instruction, a field or an answer are only text")
  func braces() throws {
    let layout = PromptLayout.raw(try SlotTemplate("{demonstrations}{instruction} {input}"))
    let prompt = try prompt(
      layout, instruction: "Use {input}.",
      demonstrations: [Demonstration(fields: ["input": "{x}"], answer: "{y}")])
    #expect(
      try prompt.render(["input": "{question}"])
        == .text("Use {input}. {x} {y}\n\nUse {input}. {question}"))
  }

  @Test("a field that is missing is an error that names it, in demonstrations too")
  func missing() throws {
    #expect(throws: SlotTemplateError.missingValue(slot: "input", available: ["text"])) {
      try prompt(.beforeQuestion).render(["text": "x"])
    }
    let bad = [Demonstration(fields: ["text": "x"], answer: "y")]
    #expect(throws: SlotTemplateError.missingValue(slot: "input", available: ["text"])) {
      try prompt(.beforeQuestion, demonstrations: bad).render(fields)
    }
  }

  @Test("another instruction changes nothing else")
  func withInstruction() throws {
    let old = try prompt(.systemMessage, system: "S", demonstrations: shown)
    var new = old.withInstruction("Sum up.")
    #expect(new.instruction == "Sum up.")
    new.instruction = old.instruction
    #expect(new == old)
  }
}
