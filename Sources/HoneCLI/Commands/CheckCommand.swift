// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneOptimizers
import HoneReport
import HoneTasks

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report every mistake in task files and their data at once.",
    discussion: """
      Each mistake is a line: file, line, what is wrong, and the nearest right word.
      Exit code 2 if there is one. No model is needed.

        hone check task.yaml
        hone check tasks/*.yaml
        hone check task.yaml --json
      """)

  @Argument(help: "Task files.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var tasks: [String]

  @Flag(help: "One JSON object a file on standard output.")
  var json = false

  func run() async throws {
    let console = Console.standard
    var isGood = true
    for path in tasks {
      do throws(TaskFileProblems) {
        let loaded = try TaskFile.load(URL(filePath: path), optimizers: Catalog.all)
        try show(CheckedTask(path: path, loaded: loaded), console)
      } catch {
        isGood = false
        show(error, of: path, console)
      }
    }
    if !isGood { throw CommandEnd(code: .mistake) }
  }

  private func show(_ checked: CheckedTask, _ console: Console) throws(TaskFileProblems) {
    console.out(json ? checked.json : checked.text(console.outputStyle))
  }

  private func show(_ problems: TaskFileProblems, of path: String, _ console: Console) {
    guard json else {
      console.error("hone: " + CommandFailure(of: problems).message)
      return
    }
    let items = problems.problems.map(Self.json)
    console.out(
      JSONLine.text([
        "file": .string(path), "ok": .bool(false), "problems": .array(items),
        "omitted": .number(Double(problems.omitted)),
      ]))
  }

  private static func json(_ problem: TaskProblem) -> JSONValue {
    let column: JSONValue = problem.column.map { .number(Double($0)) } ?? .null
    let advice: JSONValue = problem.advice.map { .string($0) } ?? .null
    return .object([
      "file": .string(problem.file), "line": .number(Double(problem.line)), "column": column,
      "key": .string(problem.keyPath), "message": .string(problem.message), "advice": advice,
    ])
  }
}
