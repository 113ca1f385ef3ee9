// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The exact inputs a run's best prompt was tested with; the content of `messages.json`.
public struct EvaluatedMessages: Sendable, Hashable, Codable {
  /// One example's input: messages of a chat or a text to complete.
  public struct Input: Sendable, Hashable, Codable {
    /// The example's id.
    public var example: String
    /// The stage, in a program of several.
    public var stage: String?
    /// The chat, when it is one.
    public var messages: [Message]?
    /// The text, when it is one.
    public var text: String?
  }

  /// The best candidate's id.
  public var candidate: String
  /// The inputs in the order of the test rows; empty when there was no test.
  public var inputs: [Input]

  /// Renders the best prompt of a finished run for its test rows.
  /// - Throws: ``RunError/badTask(_:)`` when a row cannot be put into the prompt.
  public init(_ record: RunRecord) throws {
    guard let result = record.result, let first = record.task.program.stages.first else {
      throw RunError.badTask("the run \(record.id) is not finished; resume it first")
    }
    candidate = result.best.id
    let program = record.task.program
    guard program.isTyped else {
      let traces = result.bestTest?.results.map { $0.trace?.first } ?? []
      inputs = try result.testExamples.enumerated().map { row, example -> Input in
        let trial = Trial(result.best, example, as: row < traces.count ? traces[row] : nil)
        return Input(example.id, try trial.input(for: first))
      }
      return
    }
    inputs = try zip(result.testExamples, result.bestTest?.results ?? []).flatMap {
      example, outcome in
      try (outcome.trace ?? []).compactMap { trace -> Input? in
        guard let stage = program[trace.stage] else { return nil }
        return Input(
          example.id, stage: stage.name,
          try Trial(result.best, example, as: trace).input(for: stage, fields: trace.inputs))
      }
    }
  }
}

extension EvaluatedMessages.Input {
  fileprivate init(_ example: String, stage: String? = nil, _ input: ModelInput) {
    self.example = example
    self.stage = stage
    switch input {
    case .chat(let messages): self.messages = messages
    case .text(let text): self.text = text
    }
  }
}
