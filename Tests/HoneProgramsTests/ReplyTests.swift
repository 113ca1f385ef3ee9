// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

struct ReplyTests {
  private func stage(
    _ signature: String, _ format: ReplyFormat = .fields, _ module: StageModule = .predict
  ) throws -> Stage {
    try Stage("s", signature, instruction: "Solve it.", module: module, format: format)
  }

  @Test(
    "Each format is read",
    arguments: [
      (ReplyFormat.fields, "Plan: add them\nall\nAnswer: 42"),
      (.fields, "**Plan:** add them\nall\n**answer:** 42 legs"),
      (.fields, "add them\nall\n\nANSWER: 42"),
      (.completion, " add them\nall\nAnswer: 42"),
      (.json, "Sure: {\"plan\": \"add them\\nall\", \"answer\": 42} as asked"),
      (.json, "```json\n{\"answer\": \"42\", \"plan\": \"add them\\nall\"}\n```"),
      (.xml, "<plan>add them\nall</plan>\n<answer>42</answer>"),
      (.xml, "<plan>add them\nall</plan>\n<answer>42"),
      (.yaml, "plan: |\n  add them\n  all\nanswer: 42"),
      (.yaml, "Here it is:\n```yaml\nplan:\n    add them\n    all\n\"answer\": '42'\n```"),
      (.yaml, "---\nplan: \"add them\\nall\"\nanswer: 42 legs"),
      (.markdown, "## Plan\nadd them\nall\n\n## Answer\n42"),
      (.markdown, "# plan:\n\nadd them\nall\n\n**Answer:** 42"),
    ])
  func formats(format: ReplyFormat, reply: String) throws {
    let values = try stage("question -> plan, answer: number", format).read(reply)
    #expect(values == ["plan": "add them\nall", "answer": "42"])
  }

  @Test(
    "What a stage would have written in a format is read back alike",
    arguments: ReplyFormat.allCases)
  func roundTrip(format: ReplyFormat) throws {
    let values = [
      "plan": "It's: \"so\", # or - not", "parts": "[\"a: b\",\"true\"]", "sure": "true",
      "grade": "on",
    ]
    let stage = try stage(
      "question -> plan, parts: [text], sure: bool, grade: on | off", format)
    var prompt = stage.prompt
    var fields = values
    let answer = fields.removeValue(forKey: "grade") ?? ""
    prompt.demonstrations = [
      Demonstration(fields: fields.merging(["question": "?"]) { $1 }, answer: answer)
    ]
    let reply: String
    switch try stage.input(prompt, ["question": "!"]) {
    case .chat(let messages):
      reply = try #require(messages.first { $0.role == .assistant }?.content)
    case .text(let text):
      reply = try #require(text.split(separator: "Plan: ").dropFirst().first.map(String.init))
        .replacing("\n\nQuestion: !\nPlan:", with: "")
    }
    #expect(try stage.read(reply) == values)
  }

  @Test("A prompt may choose another format than its stage, for asking and for reading")
  func chosenFormat() throws {
    let stage = try stage("question -> plan, answer: number")
    var prompt = stage.prompt
    prompt.format = .yaml
    guard case .chat(let messages) = try stage.input(prompt, ["question": "2 + 2?"]) else {
      Issue.record("not a chat")
      return
    }
    #expect(
      messages.first?.content
        == "Solve it.\n\nAnswer with YAML that has these keys:\nplan: (text)\nanswer: (a number)")
    #expect(
      messages.last?.content == "question: \"2 + 2?\""
        || messages.last?.content == "question: 2 + 2?")
    #expect(try stage.under(prompt).read("plan: >\n  add\n  up\nanswer: 4")["plan"] == "add up")
  }

  @Test(
    "What cannot be read is told by field, type and what was there",
    arguments: [
      (ReplyFormat.fields, "Answer: 42", "the field plan is missing or empty"),
      (.fields, "Plan: add\nAnswer:", "the field answer is missing or empty"),
      (.fields, "Plan: add\nAnswer: many", "the field answer must be a number, not \"many\""),
      (.json, "Plan: add", "there is no JSON object in the reply"),
      (.json, "{\"plan\": \"add\"}", "the field answer is missing or empty"),
      (.xml, "add, 42", "the field plan is missing or empty"),
    ])
  func problems(format: ReplyFormat, reply: String, message: String) throws {
    let stage = try stage("question -> plan, answer: number", format)
    let error = #expect(throws: ReplyProblem.self) { try stage.read(reply) }
    #expect(error?.description == message)
  }

  @Test(
    "Values of every type come in normal form",
    arguments: [
      ("number", "about 1,200.50 dollars", "1200.5"), ("bool", "Yes.", "true"),
      ("bool", "False", "false"), ("yes | no", "NO", "no"),
      ("red | dark blue", "The answer is dark blue.", "dark blue"),
      ("[number]", "[1, \"2\", 3.0]", "[1,2,3]"), ("[text]", "- a b\n- c", "[\"a b\",\"c\"]"),
      ("[text]", "a, b", "[\"a\",\"b\"]"), ("json", "{\"b\": 1, \"a\": [ ]}", "{\"a\":[],\"b\":1}"),
      ("text", "  any text ", "any text"),
    ])
  func types(type: String, reply: String, value: String) throws {
    let stage = try stage("question -> answer: \(type)")
    // One field alone may come without its name.
    #expect(try stage.read(reply)["answer"] == value)
    #expect(try stage.read("Answer: " + reply)["answer"] == value)
  }

  @Test("A chain of thought is read as one more field, named or not")
  func reasoning() throws {
    let stage = try stage("question -> answer: number", .fields, .chainOfThought)
    let values = ["reasoning": "2 + 2 is 4.", "answer": "4"]
    #expect(try stage.read("Reasoning: 2 + 2 is 4.\nAnswer: 4") == values)
    #expect(try stage.read("2 + 2 is 4.\nAnswer: 4") == values)
    #expect(stage.outputs == ["reasoning", "answer"])
  }

  @Test("The messages of a stage, with demonstrations that know more and less")
  func messages() throws {
    var stage = try stage("question, plan -> answer: number", .fields, .chainOfThought)
    stage.prompt.demonstrations = [
      Demonstration(
        fields: ["question": "1+1?", "plan": "add", "reasoning": "1 and 1."], answer: "2"),
      Demonstration(fields: ["question": "2+2?"], answer: "4"),
    ]
    let input = try stage.input(stage.prompt, ["question": "3+3?", "plan": "add"])
    #expect(
      input
        == .chat([
          Message(
            .system,
            "Solve it.\n\nAnswer in this form:\nReasoning: (think step by step)\nAnswer: (a number)"
          ),
          Message(.user, "Question: 1+1?\nPlan: add"),
          Message(.assistant, "Reasoning: 1 and 1.\nAnswer: 2"),
          Message(.user, "Question: 2+2?"),
          Message(.assistant, "Reasoning: (not shown)\nAnswer: 4"),
          Message(.user, "Question: 3+3?\nPlan: add"),
        ]))
    #expect(throws: SlotTemplateError.self) { try stage.input(stage.prompt, ["question": "?"]) }
  }

  @Test("A completion ends with the heading of the first field to write")
  func completion() throws {
    var stage = try stage("question -> answer: yes | no", .completion)
    stage.prompt.demonstrations = [Demonstration(fields: ["question": "Is\n\nit?"], answer: "yes")]
    let input = try stage.input(stage.prompt, ["question": "Was it?"])
    #expect(
      input
        == .text(
          "Solve it.\nAnswer: one of: yes, no.\n\nQuestion: Is\nit?\nAnswer: yes\n\n"
            + "Question: Was it?\nAnswer:"))
    #expect(stage.stops == ["\n\n"])
  }

  @Test("JSON demonstrations are the replies that are asked for")
  func json() throws {
    var stage = try stage("question -> answer: number, sure: bool", .json)
    stage.prompt.demonstrations = [
      Demonstration(fields: ["question": "1+1?", "answer": "2"], answer: "true")
    ]
    guard case .chat(let messages) = try stage.input(stage.prompt, ["question": "?"]) else {
      Issue.record("no chat")
      return
    }
    #expect(messages[2].content == "{\"answer\": 2, \"sure\": true}")
    #expect(try stage.read(messages[2].content) == ["answer": "2", "sure": "true"])
    #expect(messages[0].content.contains("\"answer\" (a number), \"sure\" (true or false)"))
  }
}
