// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A training row that came out wrong under a prompt, as an optimizer model reads it.
public struct WrongRow: Sendable, Hashable {
  /// The row's id.
  public var id: String
  /// What the task model read, with the placeholder where the prompt stood.
  public var input: String
  /// The answer that was read from the response, or the response where none could be read.
  public var prediction: String
  /// The expected answer; empty when the task has none.
  public var expected: String
  /// What the metric had to say.
  public var feedback: String?

  /// Creates a row.
  public init(
    id: String, input: String, prediction: String, expected: String, feedback: String? = nil
  ) {
    self.id = id
    self.input = input
    self.prediction = prediction
    self.expected = expected
    self.feedback = feedback
  }

  /// The rows whose score is below 1, the lowest first; a tie keeps the order of the rows.
  ///
  /// Rows that were refused or got no response say nothing about the prompt and are left out.
  public static func rows(
    of evaluation: Evaluation, in examples: [Example], under prompt: Prompt
  ) -> [WrongRow] {
    let pairs = zip(examples, evaluation.results).filter { ($1.outcome.value ?? 1) < 1 }
    let ranked = pairs.enumerated().sorted {
      ($0.element.1.outcome.value ?? 0, $0.offset) < ($1.element.1.outcome.value ?? 0, $1.offset)
    }
    return ranked.compactMap { row(of: $0.element.1, $0.element.0, prompt) }
  }

  private static func row(
    of result: ExampleResult, _ example: Example, _ prompt: Prompt
  ) -> WrongRow? {
    guard let shown = FormatExamples(rows: [example], prompt: prompt).shown.first else {
      return nil
    }
    var feedback: String?
    if case .scored(let score) = result.outcome { feedback = score.feedback }
    return WrongRow(
      id: example.id, input: cut(shown.input, to: 2000),
      prediction: cut((result.answer ?? result.response).trimmed, to: 600),
      expected: shown.answer, feedback: feedback)
  }

  private static func cut(_ text: String, to count: Int) -> String {
    text.count > count ? text.prefix(count - 1) + "…" : text
  }

  /// The row in a text for an optimizer model.
  public var text: String {
    let answer = prediction.isEmpty ? "(none)" : prediction
    let lines = ["Input:\n\(input)", "Answer given: \(answer)", "Expected answer: \(expected)"]
    return (lines + (feedback.map { ["Remark: \($0)"] } ?? [])).joined(separator: "\n")
  }
}
