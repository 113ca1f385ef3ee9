// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Writes a first task file for a data file.
///
/// Which field is the answer and what kind of answer it is are guesses from names and values; the
/// comments say so. ``TaskFile`` reads the text without problems whenever the data has at least
/// three rows and no empty fields.
public struct TaskTemplate: Sendable {
  /// The fields that are not the answer, in the order of the file.
  public let inputs: [String]
  /// The field taken for the answer.
  public let answerField: String
  let guess: AnswerGuess
  let fileName: String
  let name: String
  let rowCount: Int

  /// Looks at a data file.
  /// - Throws: what is wrong with the file.
  public init(dataFile: URL) throws(TaskFileProblems) {
    let table = try DataTable.read(dataFile)
    let fields = table.fields
    guard fields.count > 1, let answer = Self.answerField(among: fields) else {
      throw Self.problem(
        dataFile,
        "a task needs an input field and an answer field; there is only "
          + fields.map { "\"\(DocumentNode.shortened($0))\"" }.joined())
    }
    answerField = answer
    inputs = fields.filter { $0 != answer && Self.isInput($0, of: table) }
    guard !inputs.isEmpty else {
      throw Self.problem(
        dataFile, "no field but \"\(DocumentNode.shortened(answer))\" is a text in every row")
    }
    guess = AnswerGuess(answers: table.rows.compactMap { $0[answer] })
    fileName = dataFile.lastPathComponent
    name = Self.name(from: dataFile)
    rowCount = table.rows.count
  }

  private static func problem(_ file: URL, _ message: String) -> TaskFileProblems {
    TaskFileProblems(problems: [
      TaskProblem(
        file: file.relativePath, line: 1, message: message,
        advice: "give each row a text to ask about and the right answer")
    ])
  }

  /// Names that answer fields have, the likeliest first.
  private static let answerNames = [
    "answer", "answers", "label", "target", "output", "class", "category", "expected", "gold",
    "reference", "completion", "response", "topic", "intent", "sentiment", "result", "y",
  ]

  /// The field with a usual name, or else the last one.
  private static func answerField(among fields: [String]) -> String? {
    for name in answerNames {
      if let field = fields.first(where: { $0.lowercased() == name }) { return field }
    }
    return fields.last
  }

  /// Whether a field is a text in every row and can be a slot.
  private static func isInput(_ field: String, of table: DataTable) -> Bool {
    guard !field.contains("{"), !field.contains("}"), !field.trimmed.isEmpty,
      field == field.trimmed
    else { return false }
    return table.rows.allSatisfy { row in
      if case .text(let text)? = row[field] { !text.utf8.contains(0) } else { false }
    }
  }

  private static func name(from file: URL) -> String {
    let base = file.deletingPathExtension().lastPathComponent.lowercased()
    let name = base.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let trimmed = String(name.prefix(60)).trimmingCharacters(in: CharacterSet(charactersIn: "-"))
    return trimmed.isEmpty ? "task" : trimmed
  }
}
