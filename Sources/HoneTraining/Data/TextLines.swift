// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Rows of named texts in a file of one JSON object a line.
enum TextLines {
  private static let shownProblems = 20

  /// Reads all rows; empty lines and other fields are passed over.
  ///
  /// - Parameters:
  ///   - file: The file, in UTF-8.
  ///   - fields: The texts that every row must have.
  ///   - kind: What the rows are, in the plural.
  /// - Returns: The texts of each row, by field.
  /// - Throws: ``TrainingError`` of kind `badData` with every line that is none.
  static func rows(
    in file: URL, fields: [String], kind: String
  ) throws(TrainingError) -> [[String: String]] {
    try rows(
      inText: DataText.read(file), name: file.lastPathComponent, fields: fields, kind: kind)
  }

  /// Reads all rows of a text.
  static func rows(
    inText text: String, name: String, fields: [String], kind: String
  ) throws(TrainingError) -> [[String: String]] {
    var rows: [[String: String]] = []
    var problems: [String] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
      switch row(in: line, fields) {
      case .success(let row): rows.append(row)
      case .failure(let problem): problems.append("\(name):\(index + 1): \(problem.words)")
      }
    }
    guard problems.isEmpty else {
      let more =
        problems.count > shownProblems ? "\n… and \(problems.count - shownProblems) more" : ""
      throw TrainingError(
        .badData, problems.prefix(shownProblems).joined(separator: "\n") + more)
    }
    guard !rows.isEmpty else {
      let names = fields.map { "“\($0)”" }
      let list = names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
      throw TrainingError(
        .badData,
        "\(name) holds no \(kind). Write one JSON object a line, with the fields \(list).")
    }
    return rows
  }

  /// Writes rows: the file is there whole or not at all.
  static func write(_ rows: [some Encodable], to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var data = Data()
    for row in rows {
      data.append(try encoder.encode(row))
      data.append(0x0A)
    }
    do {
      try data.write(to: file, options: .atomic)
    } catch {
      throw TrainingError(
        .disk,
        "\(file.path) could not be written. See that its folder is there and has room, and that you"
          + " may write to it.")
    }
  }

  private struct Problem: Error {
    let words: String
  }

  private static func row(
    in line: Substring, _ fields: [String]
  ) -> Result<[String: String], Problem> {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)),
      let found = object as? [String: Any]
    else {
      return .failure(Problem(words: "this line is no JSON object."))
    }
    var row: [String: String] = [:]
    for name in fields {
      guard let text = found[name] as? String else {
        let names = found.keys.sorted().joined(separator: ", ")
        return .failure(
          Problem(words: "the text “\(name)” is missing; the fields are: \(names)."))
      }
      guard text.contains(where: { !$0.isWhitespace }) else {
        return .failure(Problem(words: "“\(name)” is empty."))
      }
      row[name] = text
    }
    return .success(row)
  }
}
