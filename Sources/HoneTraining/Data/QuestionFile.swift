// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Users' prompts in a file of one JSON object a line, `{"prompt": …, "reference": …}`.
public enum QuestionFile {
  /// A prompt, and an answer to compare with.
  public struct Row: Sendable, Hashable, Codable {
    /// The user's prompt.
    public var prompt: String
    /// A good answer, where there is one.
    public var reference: String?

    /// Creates a row.
    public init(prompt: String, reference: String? = nil) {
      self.prompt = prompt
      self.reference = reference
    }

    /// An answer to the row's prompt, asked as a rewrite.
    public func rewarded(rewrite: String, answer: String) -> RewardedAnswer {
      RewardedAnswer(prompt: prompt, rewrite: rewrite, answer: answer, reference: reference)
    }
  }

  /// Reads all rows; empty lines are passed over.
  /// - Throws: ``TrainingError`` of kind `badData` with the lines that cannot be used.
  public static func rows(in file: URL, needsReferences: Bool) throws(TrainingError) -> [Row] {
    let text = try DataText.read(file)
    var rows: [Row] = []
    var problems: [String] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
      let place = "\(file.lastPathComponent):\(index + 1)"
      guard let row = try? JSONDecoder().decode(Row.self, from: Data(line.utf8)),
        row.prompt.contains(where: { !$0.isWhitespace })
      else {
        problems.append("\(place): the text “prompt” is missing or empty.")
        continue
      }
      if needsReferences, row.reference == nil {
        problems.append("\(place): the text “reference” is missing, which the metric needs.")
      }
      rows.append(row)
    }
    guard problems.isEmpty, !rows.isEmpty else {
      let words =
        problems.isEmpty
        ? "\(file.lastPathComponent) holds no prompts."
        : problems.prefix(20).joined(separator: "\n")
      throw TrainingError(.badData, words)
    }
    return rows
  }
}
