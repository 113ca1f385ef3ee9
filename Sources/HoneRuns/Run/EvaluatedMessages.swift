// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The exact inputs a run's best prompt was tested with; the content of `messages.json`.
public struct EvaluatedMessages: Sendable, Hashable, Codable {
  /// One example's input: messages of a chat or a text to complete.
  public struct Input: Sendable, Hashable, Codable {
    /// The example's id.
    public var example: String
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
    guard let result = record.result, let stage = record.task.program.stages.first?.name else {
      throw RunError.badTask("the run \(record.id) is not finished; resume it first")
    }
    candidate = result.best.id
    inputs = try result.testExamples.map { example in
      switch try Trial(result.best, example).input(for: stage) {
      case .chat(let messages): Input(example: example.id, messages: messages, text: nil)
      case .text(let text): Input(example: example.id, messages: nil, text: text)
      }
    }
  }
}
