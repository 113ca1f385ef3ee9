// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HonePrograms
import HoneReport

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "The best prompt of a run in another tool's form.",
    discussion: """
      Each form holds exactly the messages that were evaluated. openai and curl send
      one example: the first test row, or the fields you give.

        hone export my-run --to openai
        hone export my-run --to curl --field ticket="I was charged twice." | sh
        hone export my-run --to promptfoo -o promptfooconfig.json
        hone export my-run --to dspy -o tickets.py
        hone export my-run --to dspy-state -o tickets.json    # for load() of the same signatures
      """)

  @Argument(help: "The run: its name in the runs folder, or the path of its folder.")
  var run: String

  @OptionGroup var runs: RunsOptions

  @Option(help: ArgumentHelp("The form.", valueName: "openai|curl|promptfoo|dspy|dspy-state"))
  var to: ExportForm

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output = "-"

  @Option(
    help: ArgumentHelp(
      "The model's name at the service; the task model's by default.", valueName: "name"))
  var model: String?

  @Option(
    name: .customLong("field"),
    help: ArgumentHelp("A field of the example to send. May be repeated.", valueName: "name=text"),
    transform: FieldValue.init)
  var fields: [FieldValue] = []

  func run() async throws {
    let console = Console.standard
    let record = try runs.record(of: run)
    guard let best = record.result?.best ?? record.candidates.first, let prompt = best.prompt else {
      throw CommandFailure(.failed, "the run \(run) has no prompt yet")
    }
    if record.result == nil {
      console.error("note: the search is not at its end; this is the seed prompt.")
    }
    guard case .prompt(let target) = to else {
      return try OutputFile(output).write(state(of: best, record.task.program), console)
    }
    let export = PromptExport(
      task: record.task, prompt: prompt, examples: record.result?.testExamples ?? [])
    let given =
      fields.isEmpty
      ? nil : Dictionary(fields.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
    let text = try export.text(
      to: target, model: model ?? record.models[.task]?.name ?? "MODEL", fields: given)
    if let caution = export.caution { console.error("note: " + caution) }
    try OutputFile(output).write(text, console)
  }

  /// The program as DSPy saves it.
  private func state(of candidate: Candidate, _ program: Program) throws -> String {
    do {
      return String(decoding: try DSPyState(candidate, of: program).text(), as: UTF8.self)
    } catch let problem as SavedProgramProblem {
      throw CommandFailure(.failed, problem.description)
    }
  }
}

/// What a run is exported as.
enum ExportForm: ExpressibleByArgument {
  /// The best prompt in another tool's form.
  case prompt(PromptExport.Target)
  /// The whole program as DSPy's saved state.
  case state

  init?(argument: String) {
    if argument == "dspy-state" {
      self = .state
    } else if let target = PromptExport.Target(rawValue: argument) {
      self = .prompt(target)
    } else {
      return nil
    }
  }
}

/// A field of an example given as `name=text`.
struct FieldValue: Sendable, Hashable {
  let name: String
  let text: String

  init(_ argument: String) throws {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
      throw ValidationError("write a field and its text, such as ticket=TEXT, not “\(argument)”")
    }
    name = String(argument[..<sign])
    text = String(argument[argument.index(after: sign)...])
  }
}
