// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Lets the model write a program, runs it, and reads the answer from what it printed.
///
/// Code that fails is sent back with the message. Chen, Ma, Wang and Cohen, "Program of Thoughts
/// Prompting", arXiv:2211.12588. Cost in model calls: at most `attempts + 1` an example, times the
/// retries of the stages.
public struct ProgramOfThought: StagedModule {
  /// What runs the code; give a command a ``Sandbox``, see
  /// ``Tool/command(_:_:_:sandbox:limit:outputLimit:)``.
  public var interpreter: Tool
  /// How often code may be written.
  public var attempts: Int
  /// The language of the code, told to the model.
  public var language: String
  /// What the names of its stages begin with; empty where it is the whole program.
  public var prefix = ""

  /// The name of the stage that writes code.
  public static let codingStage = "code"
  /// The name of the stage that answers.
  public static let answeringStage = "answer"

  /// Creates the body for its ``StagedModule/program(inputs:answer:instruction:format:)``.
  public init(interpreter: Tool, attempts: Int = 2, language: String = "Python") {
    self.interpreter = interpreter
    self.attempts = attempts
    self.language = language
  }

  /// The stage that writes code and the one that answers.
  /// - Throws: ``SignatureProblem``.
  public func stages(
    inputs: String, answer: String, instruction: String, format: ReplyFormat
  ) throws -> [Stage] {
    let coding = try Stage(
      prefix + Self.codingStage, "\(inputs), problem -> code",
      instruction: "\(instruction) Write a \(language) program that prints the answer. "
        + "If a problem with an earlier program is named, avoid it.", format: format)
    let answering = try Stage(
      prefix + Self.answeringStage, "\(inputs), code, output -> \(answer)",
      instruction: "\(instruction) A program was run; give the answer by its output.",
      format: format)
    return [coding, answering]
  }

  /// A call of the coding stage an attempt, and one of the answering stage.
  public func mostCalls(of stages: [Stage]) -> Int {
    guard stages.count == 2 else { return 0 }
    return max(1, attempts) * stages[0].mostCalls + stages[1].mostCalls
  }

  /// Writes and runs code until it works or no attempt is left, then asks for the answer.
  public func run(
    _ inputs: [String: String], in run: ProgramRun
  ) async throws -> [String: String] {
    var values = inputs
    values["problem"] = "none"
    for _ in 0..<max(1, attempts) {
      let written = try await run.call(prefix + Self.codingStage, values)
      let code = Self.unfenced(written["code"] ?? "")
      values["code"] = code
      let output = await interpreter.answer(code)
      values["output"] = output
      guard output.hasPrefix("error: ") else { break }
      values["problem"] = "\(code)\ngave \(output)"
    }
    return try await run.call(prefix + Self.answeringStage, values)
  }

  /// The code between marks of Markdown, or the whole text.
  static func unfenced(_ text: String) -> String {
    guard let start = text.firstRange(of: "```") else { return text }
    let rest = text[start.upperBound...].drop { $0 != "\n" }.dropFirst()
    return String(rest.firstRange(of: "```").map { rest[..<$0.lowerBound] } ?? rest)
  }
}
