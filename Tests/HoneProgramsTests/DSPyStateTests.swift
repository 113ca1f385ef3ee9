// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneTesting
import Testing

struct DSPyStateTests {
  private func program() throws -> Program {
    var plan = try Stage("make-plan", "question -> plan", instruction: "Plan.")
    plan.call?.signature.outputs[0].description = "in one line"
    let solve = try Stage(
      "solve", "question, plan -> units: [text], final_answer: number", instruction: "Solve.",
      module: .chainOfThought)
    return Program(stages: [plan, solve])
  }

  private func searched(_ program: Program) -> Candidate {
    Candidate(seedOf: program).child(
      instruction: "Plan \"well\".", stage: "make-plan", move: "m", step: 1
    ).child(
      demonstrations: [
        "solve": [
          Demonstration(
            fields: [
              "question": "2 + 2?", "plan": "add", "reasoning": "It is 4.", "units": "[\"m\"]",
            ], answer: "4")
        ]
      ], move: "m", step: 2)
  }

  private func members(_ data: Data) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: data)
  }

  @Test("Stages are predictors by name, with headings, descriptions and typed demonstrations")
  func form() throws {
    let program = try program()
    let file = try members(DSPyState(searched(program), of: program).text())
    let plan = try #require(file["make_plan"]?["signature"])
    #expect(plan["instructions"] == .string("Plan \"well\"."))
    #expect(
      plan["fields"]
        == .array([
          .object(["prefix": .string("Question:"), "description": .string("${question}")]),
          .object(["prefix": .string("Plan:"), "description": .string("in one line")]),
        ]))
    let solve = try #require(file["solve.predict"])
    guard case .array(let fields)? = solve["signature"]?["fields"] else {
      Issue.record("no fields")
      return
    }
    #expect(
      fields.compactMap { $0["prefix"]?.stringValue }
        == ["Question:", "Plan:", "Reasoning:", "Units:", "Final Answer:"])
    #expect(
      solve["demos"]
        == .array([
          .object([
            "question": .string("2 + 2?"), "plan": .string("add"),
            "reasoning": .string("It is 4."), "units": .array([.string("m")]),
            "final_answer": .number(4),
          ])
        ]))
    #expect(file["metadata"]?["dependency_versions"] == .object([:]))
  }

  @Test("One stage is the state of the predictor itself, and of a chain of thought the inner one")
  func one() throws {
    let plain = Program(stages: [try Stage("a", "question -> answer", instruction: "Go.")])
    let file = try members(DSPyState(Candidate(seedOf: plain), of: plain).text())
    #expect(file["signature"]?["instructions"] == .string("Go."))
    #expect(file["lm"] == .null)
    let thought = Program(stages: [
      try Stage("a", "question -> answer", instruction: "Go.", module: .chainOfThought)
    ])
    let nested = try members(DSPyState(Candidate(seedOf: thought), of: thought).text())
    #expect(nested["predict"]?["signature"]?["instructions"] == .string("Go."))
  }

  @Test("What was written is read back into the same candidate")
  func roundTrip() throws {
    let program = try program()
    let best = searched(program)
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "state.json")
    let data = try DSPyState(best, of: program).text()
    try data.write(to: url)
    #expect(DSPyState.isOne(data))
    #expect(try DSPyState.load(url).candidate(of: program, from: "it").prompts == best.prompts)
  }

  @Test("A state that does not fit is told whole")
  func misfit() throws {
    let program = try program()
    let state = try DSPyState(searched(program), of: program)
    let other = Program(stages: [
      try Stage("make-plan", "question, hint -> plan", instruction: ""),
      try Stage("judge", "plan -> grade", instruction: ""),
    ])
    #expect {
      try state.candidate(of: other, from: "state.json")
    } throws: { error in
      "\(error)" == """
        state.json does not fit the program:
          the stage make-plan has 3 fields, the file has 2
          the stage judge needs a predictor judge, which the file has not
          the file has a predictor solve.predict, which fits no stage
        """
    }
    let plain = Program(
      prompt: Prompt(
        instruction: "Say.", layout: .beforeQuestion, question: try SlotTemplate("{text}")),
      inputs: ["text"])
    #expect(throws: SavedProgramProblem.self) {
      try DSPyState(Candidate(seedOf: plain), of: plain)
    }
  }

  @Test("Demonstrations that are chosen for each example are refused")
  func nearest() throws {
    let program = try program()
    var prompts = searched(program).prompts
    prompts["solve"]?.nearest = NearestDemonstrations(count: 2, keys: ["2 + 2?"])
    let candidate = Candidate(prompts: prompts, lineage: .seed)
    let error = #expect(throws: SavedProgramProblem.self) {
      try DSPyState(candidate, of: program)
    }
    #expect(
      error?.description.contains(
        "the stage solve shows each example the 2 nearest of 1 demonstrations") == true)
  }

  /// A Python with DSPy, named by the environment.
  private static let python = ProcessInfo.processInfo.environment["HONE_DSPY_PYTHON"]

  @Test(
    "DSPy itself loads the file, and Hone what DSPy saves",
    .enabled(if: python != nil, "Set HONE_DSPY_PYTHON to a Python that has dspy"))
  func peer() async throws {
    let program = try program()
    let best = searched(program)
    let folder = try TemporaryFolder()
    let ours = folder.url.appending(path: "ours.json")
    let theirs = folder.url.appending(path: "theirs.json")
    try DSPyState(best, of: program).text().write(to: ours)
    let script = """
      import sys, dspy
      class Solving(dspy.Module):
          def __init__(self):
              self.make_plan = dspy.Predict("question -> plan")
              self.solve = dspy.ChainOfThought(
                  "question, plan -> units: list[str], final_answer: float")
      program = Solving()
      program.load(sys.argv[1])
      assert program.make_plan.signature.instructions == 'Plan "well".'
      assert program.make_plan.signature.output_fields["plan"].json_schema_extra["desc"] == "in one line"
      inner = program.solve.predict
      assert list(inner.signature.output_fields) == ["reasoning", "units", "final_answer"]
      assert inner.demos[0]["final_answer"] == 4 and inner.demos[0]["units"] == ["m"]
      inner.signature = inner.signature.with_instructions("Solve it.")
      program.save(sys.argv[2])
      """
    let file = folder.url.appending(path: "peer.py")
    try Data(script.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.python))
    process.arguments = ["-I", file.path, ours.path, theirs.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let back = try DSPyState.load(theirs).candidate(of: program, from: "theirs")
    var expected = best.prompts
    expected["solve"]?.instruction = "Solve it."
    #expect(back.prompts == expected)
  }
}
