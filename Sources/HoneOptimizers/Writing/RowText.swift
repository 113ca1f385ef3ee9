// SPDX-License-Identifier: Apache-2.0

import HoneCore

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
