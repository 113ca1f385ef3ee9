// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTasks
import Testing

@Suite("Modules with stages of their own in task files")
struct LoopReadingTests {
  private static let files = [
    "reviews.csv": MistakeTests.rows, "lexicon.py": "print(input())", "tools/count": "#!/bin/sh",
  ]

  /// A task whose program begins with ReAct.
  private static let good = MistakeTests.good.replacingOccurrences(
    of: """
      prompt:
        instruction: Good or bad?
        question: "{text}"
      """,
    with: """
      program:
        - name: look
          signature: text -> mood
          instruction: Find the mood.
          module: react
          most: 3
          retries: 0
          fields: {mood: one word}
          tools:
            - name: lexicon
              description: the mood of a word
              command: [python3, lexicon.py, -v]
            - name: count
              description: counts words
              command: [tools/count]
              sandbox: false
              seconds: 2.5
              characters: 80
          demonstrations:
            - {text: fine, turns: none so far, thought: look, tool: lexicon, input: fine}
            - {text: fine, turns: found good, mood: good}
        - name: judge
          signature: text, mood -> label
          instruction: Judge it.
      """)

  private func problems(_ text: String) throws -> String {
    let folder = try TaskFolder(Self.files.merging(["task.yaml": text]) { $1 })
    let error = #expect(throws: TaskFileProblems.self) { try folder.load() }
    return error?.description ?? ""
  }

  @Test("ReAct becomes its two stages, with tools named by their whole paths")
  func react() throws {
    let folder = try TaskFolder(Self.files.merging(["task.yaml": Self.good]) { $1 })
    let loaded = try folder.load()
    let program = loaded.task.program
    #expect(loaded.warnings == [])
    #expect(program.stages.map(\.name) == ["look_act", "look_answer", "judge"])
    #expect(program.stages.map(\.output) == ["input", "mood", "label"])
    #expect(program.stages[1].call?.signature.outputs == [Field("mood", description: "one word")])
    #expect(program.stages[0].prompt.demonstrations.map(\.answer) == ["fine"])
    #expect(program.stages[1].prompt.demonstrations.map(\.answer) == ["good"])
    let loop = try #require(program.loops?.first)
    #expect(loop.stages == ["look_act", "look_answer"] && loop.most == 3)
    // Three turns and an answer without a second try, and the stage after them.
    #expect(program.callsPerExample == 3 + 1 + 2)
    let lexicon = try #require(loop.tools.first)
    #expect(lexicon.words[0] == "python3" && lexicon.words[2] == "-v")
    #expect(lexicon.words[1].hasPrefix("/") && lexicon.words[1].hasSuffix("/lexicon.py"))
    #expect(lexicon.isSandboxed && lexicon.seconds == 10 && lexicon.characters == 2000)
    #expect(loop.tools[1].words[0].hasSuffix("/tools/count"))
    #expect(!loop.tools[1].isSandboxed && loop.tools[1].seconds == 2.5)
    #expect(loop.tools[1].characters == 80)
  }

  @Test("The last stage of a program may be a module, whose answer has the task's labels")
  func last() throws {
    let text = MistakeTests.good.replacingOccurrences(
      of: """
        prompt:
          instruction: Good or bad?
          question: "{text}"
        """,
      with: """
        program:
          - name: work
            signature: text -> label
            instruction: Good or bad?
            module: program-of-thought
            interpreter: [sh]
            language: shell
        """)
    let folder = try TaskFolder(Self.files.merging(["task.yaml": text]) { $1 })
    let program = try folder.load().task.program
    #expect(program.stages.map(\.name) == ["work_code", "work_answer"])
    #expect(program.stages[1].call?.signature.outputs.first?.type == .label(["good", "bad"]))
    #expect(program.loops?.first?.language == "shell")
    #expect(program.callsPerExample == 2 * 2 + 2)
  }

  @Test(
    "Each mistake in a module is told",
    arguments: [
      ("module: react", "module: predict", "program[0].tools: goes with the module react only"),
      ("module: react", "module: least-to-most", "program[0].tools: goes with the module react"),
      (
        "module: react", "module: program-of-thought",
        "program[0].interpreter: is required and missing with the module program-of-thought"
      ),
      ("module: react", "module: reakt", "program[0].module: must be one of predict"),
      (
        "name: count", "name: lexicon",
        "program[0].tools[1].name: the tool \"lexicon\" stands twice"
      ),
      ("name: count", "name: finish", "must not be \"finish\", which ends the turns"),
      ("name: count", "name: a | b", "must be letters, digits, _ and -, not \"a | b\""),
      ("[tools/count]", "[tools/cuont]", "there is no file \"tools/cuont\""),
      ("[python3, lex", "[pyhton3, lex", "there is no program \"pyhton3\" on this computer"),
      ("most: 3", "most: 0", "program[0].most: must be a whole number from 1 to 50"),
      ("most: 3", "vote: 3", "program[0].vote: has no effect with the module react"),
      ("text -> mood", "text -> turns", "the field \"turns\" stands twice"),
      ("turns: found good, mood: good", "turns: found good", "that the module's stages write last"),
      ("tool: lexicon, input", "tol: lexicon, input", "unknown field \"tol\"; did you mean"),
      ("name: judge", "name: look_act", "the stage \"look_act\" stands twice"),
      ("name: judge", "name: look", "the stage \"look\" stands twice"),
      (
        "instruction: Judge it.", "instruction: Judge it.\n    most: 2",
        "program[1].most: goes with the module react or program-of-thought or least-to-most only"
      ),
    ])
  func mistakes(old: String, new: String, message: String) throws {
    let text = Self.good.replacingOccurrences(of: old, with: new)
    #expect(text != Self.good)
    let found = try problems(text)
    #expect(found.contains(message), "\(found)")
  }

  @Test("ReAct without tools is told what is missing")
  func noTools() throws {
    let lines = Self.good.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.contains("tools:") })
    let end = try #require(lines.firstIndex { $0.contains("demonstrations:") })
    let text = (lines[..<start] + lines[end...]).joined(separator: "\n")
    let found = try problems(text)
    #expect(found.contains("program[0].tools: is required and missing with the module react"))
  }
}
