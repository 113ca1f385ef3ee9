// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Training rows that a prompt got wrong, with what the model answered.
struct WrongAnswers: Sendable, Hashable {
  /// One row.
  struct Entry: Sendable, Hashable {
    var row: Example
    var response: String
  }

  /// The rows, in the order they were tried.
  var entries: [Entry]

  /// Picks the wrong ones of an evaluation on `rows`.
  ///
  /// Wrong is less than 1, or less than the mean where scores have no such top. Refusals and failed
  /// calls say nothing of the prompt and are left out.
  init(_ evaluation: Evaluation, rows: [Example], metric: MetricConfiguration) {
    let values = evaluation.results.compactMap(\.outcome.value)
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    let top = metric.isCappedAtOne ? 1 : mean
    let byID = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    entries = evaluation.results.compactMap { result in
      guard let value = result.outcome.value, value < top, let row = byID[result.example] else {
        return nil
      }
      return Entry(row: row, response: result.response)
    }
  }

  init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// A group of at most `count` different entries.
  func drawn(_ count: Int, by chance: inout SeededGenerator) -> WrongAnswers {
    WrongAnswers(Array(entries.shuffled(by: &chance).prefix(count)))
  }

  /// The entries as a model reads them, under a prompt's layout.
  ///
  /// With `inFull` each input is all that the task model reads, with a mark where the prompt stands.
  func text(for prompt: Prompt?, inFull: Bool = false) -> String {
    entries.map { entry in
      let input = inFull ? Self.full(entry.row, prompt) : RowText.input(of: entry.row, prompt)
      let expected = entry.row.references.first ?? ""
      return
        "Input:\(inFull ? "\n" : " ")\(input)\nThe model answered: \(Self.brief(entry.response))"
        + "\nExpected answer: \(expected)"
    }.joined(separator: "\n\n")
  }

  private static func full(_ row: Example, _ prompt: Prompt?) -> String {
    let shown = prompt.map { FormatExamples(rows: [row], prompt: $0).shown } ?? []
    return shown.first?.input ?? RowText.input(of: row, prompt)
  }

  /// What a reader needs of a long answer: its beginning and its end, where the answer stands.
  private static func brief(_ response: String) -> String {
    let text = response.trimmed
    guard text.count > 600 else { return text.isEmpty ? "(nothing)" : text }
    return text.prefix(300) + " […] " + text.suffix(300)
  }
}

/// A row's input as a model reads it.
enum RowText {
  /// The question that a prompt makes of the row, or its fields by name.
  static func input(of row: Example, _ prompt: Prompt?) -> String {
    if let prompt, let question = try? prompt.question.filled(with: row.fields) {
      return question.trimmed
    }
    return row.fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      .joined(separator: "\n")
  }
}
