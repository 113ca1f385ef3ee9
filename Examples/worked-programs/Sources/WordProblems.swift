// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone

extension WorkedProgram {
  /// Arithmetic word problems: the model writes a line of Python, which is run in a sandbox.
  static func wordProblems(_ data: URL) throws -> WorkedProgram {
    let python = Tool.command(
      "python", "runs a program", ["python3", "-I", "-"],
      sandbox: Sandbox(seconds: 5, memory: 512 << 20), limit: .seconds(60))
    let body = ProgramOfThought(interpreter: python, attempts: 2)
    let problems = try table(of: "problems.jsonl", in: data)
    let shown = problems.prefix(3)
    let worked = WorkedProgram(
      name: "word-problems",
      program: try body.program(
        inputs: "question", answer: "answer: number", instruction: "Solve the problem.",
        format: .completion),
      body: body,
      rows: problems.dropFirst(3).enumerated().map {
        Example($1, number: $0, input: "question", answer: "answer")
      })
    return worked.showing(
      shown.map { row in
        ["question": row["question"] ?? "", "problem": "none", "code": row["code"] ?? ""]
      }, in: ProgramOfThought.codingStage, maxTokens: 24
    ).showing(
      shown.map { row in
        [
          "question": row["question"] ?? "", "code": row["code"] ?? "",
          "output": row["answer"] ?? "", "answer": row["answer"] ?? "",
        ]
      }, in: ProgramOfThought.answeringStage, maxTokens: 8)
  }
}
