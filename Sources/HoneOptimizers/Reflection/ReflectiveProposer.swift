// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Rewrites a stage's instruction from what the stage did on a few rows and what came of them.
///
/// One optimizer call. Agrawal et al., "GEPA: Reflective Prompt Evolution Can Outperform Reinforcement
/// Learning", arXiv:2507.19457, section 3.2.
struct ReflectiveProposer: Sendable {
  /// How the model is asked.
  var writer: Writer
  /// The most words of an instruction.
  var maxWords: Int

  static let source = "reflection"

  /// Asks for one instruction.
  func propose(
    for stage: Stage, current: String, rows: [(example: Example, result: ExampleResult)],
    step: Int, in session: any OptimizationSession
  ) async throws -> Proposal {
    var chance = session.random("reflection \(step)")
    let ask = ask(
      stage, current: current, task: session.task.description,
      cases: rows.map { Self.text($0.example, $0.result, stage, session.task.program) })
    let results = try await session.generate(
      [writer.promptRequest(ask, seed: chance.next(), sample: 0)], as: .optimizer)
    guard let first = results.first else {
      return Proposal(
        source: Self.source, move: Self.source, text: "",
        failure: .modelFailed("the optimizer model gave no answer"))
    }
    return writer.proposal(
      from: first, source: Self.source, move: "\(Self.source) on \(stage.name)")
  }

  private func ask(_ stage: Stage, current: String, task: String, cases: [String]) -> Ask {
    let fields =
      "\(stage.inputs.joined(separator: ", ")) to \(stage.outputs.joined(separator: ", "))"
    let parts =
      [
        "A language model follows this instruction to get from \(fields):", current,
        "The whole task: \(task)", "This is what it did on some inputs, and what came of it:",
      ] + cases + [
        "Find out from these cases what the instruction leaves open or gets wrong: facts of the task "
          + "that the model does not know, and ways to do it that work. Then write a new instruction "
          + "that would have led to right answers here and on other inputs of the kind. Use "
          + "\(maxWords) words at most and name none of the inputs."
      ]
    return Ask(body: parts.joined(separator: "\n\n"), cue: "The new instruction:")
  }

  /// What a stage read and wrote for a row, the score and the metric's remark.
  static func text(
    _ example: Example, _ result: ExampleResult, _ stage: Stage, _ program: Program
  ) -> String {
    var lines: [String] = []
    if let trace = result.traces(of: example, in: program).last(where: { $0.stage == stage.name }) {
      lines += stage.inputs.compactMap { name in
        trace.inputs[name].map { "\(name): \(cut($0))" }
      }
      lines += stage.outputs.compactMap { name in
        trace.outputs[name].map { "\(name), as written: \(cut($0))" }
      }
      lines += trace.problems.map { "a reply could not be read: \($0)" }
    } else {
      lines += example.fields.sorted { $0.key < $1.key }.map { "\($0.key): \(cut($0.value))" }
    }
    lines.append("the program's answer: \(cut(result.answer ?? result.response))")
    lines += example.references.prefix(1).map { "the right answer: \(cut($0))" }
    switch result.outcome {
    case .scored(let score):
      lines.append("score: \(ScoreScale.shown(score.value))")
      if let feedback = score.feedback { lines.append("remark: \(cut(feedback))") }
    case .unparsable: lines.append("remark: no answer could be read from what it wrote")
    case .empty: lines.append("remark: it wrote nothing")
    case .cut: lines.append("remark: its text was cut before the answer; it must be shorter")
    case .refused: lines.append("remark: it refused")
    case .filtered, .failed: break
    }
    return lines.joined(separator: "\n")
  }

  private static func cut(_ text: String) -> String {
    text.count > 600 ? text.prefix(599) + "…" : text
  }
}
