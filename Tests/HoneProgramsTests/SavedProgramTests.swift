// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneTesting
import Testing

struct SavedProgramTests {
  private func task() throws -> PromptTask {
    var task = try ReviewTask.make().task
    var sum = try Stage("sum", "review -> summary", instruction: "Sum it up.", format: .json)
    sum.call?.signature.outputs[0].description = "in one line"
    let judge = try Stage(
      "judge", "review, summary -> label: positive | negative", instruction: "Judge it.",
      module: .chainOfThought)
    task.program = Program(stages: [sum, judge])
    return task
  }

  private func searched(_ task: PromptTask) -> Candidate {
    Candidate(seedOf: task.program).child(instruction: "Sum up!", stage: "sum", move: "m", step: 1)
      .child(
        demonstrations: [
          "judge": [
            Demonstration(
              fields: ["review": "a film to love", "summary": "love", "reasoning": "It is."],
              answer: "positive")
          ]
        ], move: "m", step: 2)
  }

  private func file(_ text: Data, in folder: TemporaryFolder) throws -> URL {
    let url = folder.url.appending(path: "program.json")
    try text.write(to: url)
    return url
  }

  @Test("A saved program loads into its declaration with the same messages")
  func roundTrip() throws {
    let task = try task()
    let best = searched(task)
    let folder = try TemporaryFolder()
    let url = try file(SavedProgram(best, of: task).text(), in: folder)
    let loaded = try SavedProgram.load(url)
    #expect(try loaded.candidate(of: task.program, from: "it").prompts == best.prompts)
    let fields = ["review": "a play to forget", "summary": "forget"]
    let shown = try loaded.messages(fields)
    for (stage, shown) in zip(task.program.stages, shown) {
      let prompt = try #require(best.prompts[stage.name])
      #expect(try shown.input == stage.input(prompt, fields))
    }
    #expect(try String(decoding: Data(contentsOf: url), as: UTF8.self).contains("\"Sum up!\""))
  }

  @Test("Fields that earlier stages write stand in braces, and unknown ones are refused")
  func preview() throws {
    let task = try task()
    let saved = SavedProgram(searched(task), of: task)
    let shown = try saved.messages(["review": "fine"])
    #expect(shown[1].input.scriptedText.hasSuffix("Review: fine\nSummary: {summary}"))
    let error = #expect(throws: SavedProgramProblem.self) { try saved.messages(["reviw": "fine"]) }
    #expect(error?.description == "no stage reads a field \"reviw\"; there are review, summary")
  }

  @Test("An ordinary prompt, raw text included, is saved whole")
  func ordinary() throws {
    var task = try ReviewTask.make().task
    let template = try SlotTemplate("{demonstrations}Review: {review}\n{instruction}")
    task.program.stages[0].prompt.layout = .raw(template)
    task.program.stages[0].prompt.demonstration = try SlotTemplate("{review}: {answer}")
    let best = Candidate(seedOf: task.program)
    let folder = try TemporaryFolder()
    let url = try file(SavedProgram(best, of: task).text(), in: folder)
    let program = try SavedProgram.load(url).program()
    #expect(program.stages[0].prompt == task.program.stages[0].prompt)
  }

  @Test("Everything in which a file and a program differ is told at once")
  func differences() throws {
    let task = try task()
    let saved = SavedProgram(searched(task), of: task)
    let other = Program(stages: [
      try Stage("sum", "review -> gist", instruction: "Sum it up."),
      try Stage("rate", "gist -> label", instruction: "Rate."),
    ])
    let error = #expect(throws: SavedProgramProblem.self) {
      try saved.candidate(of: other, from: "program.json")
    }
    #expect(
      error?.problems == [
        "program.json does not fit the program:",
        "  the file has a stage judge, which the program has not",
        "  the stage sum has the signature review -> summary in the file and review -> gist in the "
          + "program",
        "  the program has a stage rate, which the file has not",
      ])
  }

  @Test(
    "A damaged file is told with its place",
    arguments: [
      ("no json", "it is not JSON"), ("{}", "\"version\" is required and missing"),
      (
        #"{"version": 9, "task": "t", "inputs": [], "stages": []}"#,
        "it is of version 9, and this Hone reads up to 1"
      ),
      (
        #"{"version": 1, "task": "t", "inputs": [], "stages": [{"name": "a", "instruction": 3, "demonstrations": []}]}"#,
        "\"stages[0].instruction\" is not of the right kind"
      ),
    ])
  func damaged(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let url = try file(Data(text.utf8), in: folder)
    let error = #expect(throws: SavedProgramProblem.self) { try SavedProgram.load(url) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
