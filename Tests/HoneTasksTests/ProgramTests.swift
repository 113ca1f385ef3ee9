// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTasks

@Suite("Programs in task files")
struct ProgramTests {
  private static let good = MistakeTests.good.replacingOccurrences(
    of: """
      prompt:
        instruction: Good or bad?
        question: "{text}"
      """,
    with: """
      program:
        - name: sum
          signature: text -> gist
          instruction: Sum it up.
          format: json
          fields: {gist: in five words}
        - name: judge
          signature: text, gist -> label
          instruction: Judge it.
          module: chain-of-thought
          vote: 3
          demonstrations:
            - {text: fine, gist: praise, label: good}
      """)

  @Test("The stages of a program are read, the last field with the answer's labels")
  func reading() throws {
    let folder = try TaskFolder(["task.yaml": Self.good, "reviews.csv": MistakeTests.rows])
    let loaded = try folder.load()
    let stages = loaded.task.program.stages
    #expect(stages.map(\.name) == ["sum", "judge"])
    #expect(stages[0].call?.format == .json)
    #expect(stages[0].call?.signature.outputs == [Field("gist", description: "in five words")])
    #expect(stages[1].call?.signature.written == "text, gist -> label: good | bad")
    #expect(stages[1].outputs == ["reasoning", "label"])
    #expect(stages[1].prompt.demonstrations.map(\.answer) == ["good"])
    #expect(loaded.task.program.callsPerExample == 2 + 3 * 2)
    #expect(loaded.warnings.isEmpty)
  }

  @Test(
    "Each mistake in a program is told with its place",
    arguments: [
      (
        "signature: text -> gist", "signature: txt -> gist",
        "task.yaml:13:16: program[0].signature: nothing gives the field \"txt\" a value before "
          + "this stage; did you mean \"text\"?"
      ),
      (
        "signature: text -> gist", "signature: text gist",
        "task.yaml:13:16: program[0].signature: a signature has one arrow between its inputs and "
          + "outputs, such as \"question -> answer: number\", not \"text gist\""
      ),
      (
        "{gist: in five words}", "{gits: in five words}",
        "task.yaml:16:14: program[0].fields: unknown field \"gits\"; did you mean \"gist\"?"
      ),
      (
        "text, gist -> label", "text, gist -> text2, text",
        "task.yaml:18:16: program[1].signature: the field \"text\" stands twice"
      ),
      ("vote: 3", "vote: 3\n    temperature: 0", "must be above 0 with a vote of 3"),
      ("label: good}", "label: great}", "must be good | bad, not the text \"great\""),
      ("label: good}", "lable: good}", "the field \"label\" is required and missing"),
      ("name: judge", "name: sum", "the stage \"sum\" stands twice"),
      ("module: chain-of-thought", "module: chain", "program[1].module: must be one of predict"),
      ("metric: accuracy", "metric: accuracy\nprompt: x", "program: cannot stand beside prompt"),
      (
        "kind: label", "kind: label\n  choose: likelihood",
        "goes with prompt only, not with program"
      ),
    ])
  func mistakes(old: String, new: String, message: String) throws {
    let text = Self.good.replacingOccurrences(of: old, with: new)
    #expect(text != Self.good)
    let problems = try MistakeTests.problems(text).joined(separator: "\n")
    #expect(problems.contains(message), "\(problems)")
  }

  @Test("A stage that nobody reads is a warning")
  func unread() throws {
    let text = Self.good.replacingOccurrences(of: "text, gist -> label", with: "text -> label")
      .replacingOccurrences(of: "gist: praise, ", with: "")
    let folder = try TaskFolder(["task.yaml": text, "reviews.csv": MistakeTests.rows])
    #expect(
      try folder.load().warnings == [
        "task.yaml: no later stage reads what the stage sum writes (gist)"
      ])
  }

  private static let retrieving = good.replacingOccurrences(
    of: "program:\n",
    with: """
      program:
        - name: find
          signature: text -> facts
          retrieve: {documents: notes, by: both, count: 2}

      """
  ).replacingOccurrences(of: "text, gist -> label", with: "text, gist, facts -> label")

  @Test("A stage that retrieves needs no instruction, and its path is relative to the task file")
  func retrieval() throws {
    let folder = try TaskFolder([
      "task.yaml": Self.retrieving, "reviews.csv": MistakeTests.rows,
      "notes/a.jsonl": #"{"text": "a"}"#,
    ])
    let program = try folder.load().task.program
    let retrieval = try #require(program.stages.first?.retrieval)
    #expect(retrieval.by == .both && retrieval.count == 2 && retrieval.field == "text")
    #expect(retrieval.documents.hasSuffix("/notes"))
    #expect(FileManager.default.fileExists(atPath: retrieval.documents + "/a.jsonl"))
    #expect(program.askedStages.map(\.name) == ["sum", "judge"])
    // One vector for the query beside the calls of the others.
    #expect(program.callsPerExample == 1 + 2 + 3 * 2)
  }

  @Test(
    "Each mistake in a stage that retrieves is told",
    arguments: [
      ("documents: notes", "documents: nodes", "there is no file or folder \"nodes\""),
      ("text -> facts", "text -> facts, more", "a stage that retrieves writes one text"),
      ("by: both", "by: sense", "must be one of words, meaning, both"),
      (
        "retrieve: {", "module: predict\n    retrieve: {",
        "program[0].module: has no effect in a stage that retrieves"
      ),
      ("      instruction: Sum it up.\n", "", "program[1].instruction: is required and missing"),
    ])
  func retrievalMistakes(old: String, new: String, message: String) throws {
    let text = Self.retrieving.replacingOccurrences(
      of: old.trimmingCharacters(in: .whitespacesAndNewlines), with: new)
    #expect(text != Self.retrieving)
    let folder = try TaskFolder([
      "task.yaml": text, "reviews.csv": MistakeTests.rows, "notes/a.jsonl": #"{"text": "a"}"#,
    ])
    let error = #expect(throws: TaskFileProblems.self) { try folder.load() }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
