// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone

/// A program with rows of its own to answer.
struct WorkedProgram: Sendable {
  /// The word by which it is chosen.
  var name: String
  /// The stages, with the demonstrations they are shown.
  var program: Program
  /// The control flow.
  var body: any ProgramBody
  /// What is asked, and the answers.
  var rows: [Example]

  /// All of them, with the data of a folder.
  static func all(data: URL) throws -> [WorkedProgram] {
    [try twoHops(data), try manyLabels(data), try wordProblems(data), try supportAgent(data)]
  }

  /// Answers all rows, the calls of all of them in one batch a round.
  func report(by model: any LanguageModel) async throws -> WorkedReport {
    let prompts = Candidate(seedOf: program).prompts
    let batch = ProgramBatch(
      program: program, body: body, generation: GenerationSettings(maxTokens: 24))
    var calls = 0
    let results = try await batch.run(
      rows.map { ProgramCase(prompts: prompts, inputs: $0.fields) }
    ) { requests in
      calls += requests.count
      var answers = requests.map { _ in
        Result<Generation, ModelError>.failure(ModelError(.engine, "no answer came"))
      }
      for try await element in model.generate(requests) { answers[element.index] = element.result }
      return answers
    }
    return WorkedReport(worked: self, results: results, calls: calls)
  }

  /// The program with demonstrations for a stage, whose last output is its answer.
  func showing(_ rows: [[String: String]], in stage: String, maxTokens: Int) -> WorkedProgram {
    var copy = self
    for index in copy.program.stages.indices where copy.program.stages[index].name == stage {
      let answer = copy.program.stages[index].output
      copy.program.stages[index].prompt.demonstrations = rows.map { row in
        Demonstration(fields: row.filter { $0.key != answer }, answer: row[answer] ?? "")
      }
      copy.program.stages[index].call?.maxTokens = maxTokens
    }
    return copy
  }
}

/// What a worked program answered.
struct WorkedReport: Sendable {
  var worked: WorkedProgram
  var results: [ProgramResult]
  var calls: Int

  /// The answer of a row; nil where there is none.
  func answer(_ index: Int) -> String? {
    let output = worked.program.stages.last?.output ?? ""
    return (try? results[index].values.get())?[output]
  }

  /// The rows whose answer holds the right one.
  var right: Int {
    worked.rows.indices.count { index in
      let found = answer(index)?.lowercased() ?? ""
      return worked.rows[index].references.contains { found.contains($0.lowercased()) }
    }
  }

  /// What it came to, and all stages of the first row.
  var text: String {
    var lines = ["\(worked.name): \(right) of \(results.count) right, \(calls) calls", ""]
    for step in results.first?.trace ?? [] {
      lines.append("  \(step.stage)")
      let stage = worked.program[step.stage]
      let read = step.inputs.sorted { $0.key < $1.key }.map { ("reads", $0.key, $0.value) }
      let wrote = (stage?.outputs ?? []).map { ("writes", $0, step.outputs[$0] ?? "nothing") }
      for (verb, name, value) in read + wrote {
        lines.append(
          "    \(verb) \(name): \(value.split(separator: "\n").joined(separator: " / "))")
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// Rows of a JSONL file, all values as texts.
func table(of file: String, in data: URL) throws -> [[String: String]] {
  let text = try String(contentsOf: data.appending(path: file), encoding: .utf8)
  return try text.split(separator: "\n").map {
    try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
  }
}

extension Example {
  /// A row as an example with one input.
  init(_ row: [String: String], number: Int, input: String, answer: String) {
    self.init(
      id: "\(number)", fields: [input: row[input] ?? ""], references: [row[answer] ?? ""])
  }
}
