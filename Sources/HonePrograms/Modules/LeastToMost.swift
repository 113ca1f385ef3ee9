// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Divides a problem into easier parts, solves them in turn, each in the light of those before, and then
/// answers.
///
/// Zhou et al., "Least-to-Most Prompting Enables Complex Reasoning in Large Language Models",
/// arXiv:2205.10625. Cost in model calls: at most `parts + 2` an example, times the retries of the
/// stages.
public struct LeastToMost: StagedModule {
  /// The most parts that are solved; further ones are left to the answer.
  public var parts: Int
  /// What the names of its stages begin with; empty where it is the whole program.
  public var prefix = ""

  /// The name of the stage that divides.
  public static let dividingStage = "divide"
  /// The name of the stage that solves a part.
  public static let solvingStage = "solve"
  /// The name of the stage that answers.
  public static let answeringStage = "answer"
  private static let none = "nothing so far"

  /// Creates the body for its ``StagedModule/program(inputs:answer:instruction:format:)``.
  public init(parts: Int = 4) {
    self.parts = parts
  }

  /// The stages that divide, solve and answer.
  /// - Throws: ``SignatureProblem``.
  public func stages(
    inputs: String, answer: String, instruction: String, format: ReplyFormat
  ) throws -> [Stage] {
    let dividing = try Stage(
      prefix + Self.dividingStage, "\(inputs) -> parts: [text]",
      instruction:
        "This is the task: \(instruction) Name the questions that must be answered before "
        + "it, the easiest first, each on a line. Do not answer them.", format: format)
    let solving = try Stage(
      prefix + Self.solvingStage, "\(inputs), solved, part -> result",
      instruction: "Answer the part in one sentence; the answers of earlier parts are given.",
      format: format)
    let answering = try Stage(
      prefix + Self.answeringStage, "\(inputs), solved -> \(answer)",
      instruction: "\(instruction) The answers of easier parts are given.", format: format)
    return [dividing, solving, answering]
  }

  /// A call of the dividing and the answering stage, and one of the solving stage a part.
  public func mostCalls(of stages: [Stage]) -> Int {
    guard stages.count == 3 else { return 0 }
    return stages[0].mostCalls + max(0, parts) * stages[1].mostCalls + stages[2].mostCalls
  }

  /// Divides, solves and answers; where the division or a part cannot be read, it goes on without.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    let written = try await readable(prefix + Self.dividingStage, values, in: run)?["parts"] ?? "[]"
    var solved: [String] = []
    for part in Self.items(of: written).prefix(max(0, parts)) {
      values["solved"] = solved.isEmpty ? Self.none : solved.joined(separator: "\n")
      values["part"] = part
      guard let result = try await readable(prefix + Self.solvingStage, values, in: run)?["result"]
      else {
        continue
      }
      solved.append("- \(part) \(result)")
    }
    values["solved"] = solved.isEmpty ? Self.none : solved.joined(separator: "\n")
    return values.merging(try await run.call(prefix + Self.answeringStage, values)) { $1 }
  }

  /// The items of a list in normal form.
  private static func items(of text: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? []
  }

  private func readable(
    _ stage: String, _ values: [String: String], in run: ProgramRun
  ) async throws -> [String: String]? {
    do {
      return try await run.call(stage, values)
    } catch let failure as StageFailure {
      if case .unreadable = failure { return nil }
      throw failure
    }
  }
}
