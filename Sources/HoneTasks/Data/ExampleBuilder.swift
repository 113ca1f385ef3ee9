// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns rows into examples and reports what a row lacks.
struct ExampleBuilder {
  /// The input fields that are looked for.
  var inputs: [String]
  var answerField: String?
  var kind: AnswerKind?
  /// The field with the row's name, if rows have one.
  var idField: String?
  /// What comes before the line in the name of a row without one.
  var filePrefix: String
  /// The fields that are paths of images, if there are any.
  var images: ImageFields?
  /// The names so far, with the place of each.
  var places: [String: String] = [:]

  /// The examples of all rows without a mistake.
  mutating func examples(_ rows: [DataRow], into problems: inout ProblemList) -> [Example] {
    rows.compactMap { example($0, into: &problems) }
  }

  private mutating func example(_ row: DataRow, into problems: inout ProblemList) -> Example? {
    let before = problems.problems.count + problems.omitted
    var fields: [String: String] = [:]
    for name in inputs {
      if let text = text(name, in: row, into: &problems) { fields[name] = text }
    }
    if fields.count == inputs.count, fields.values.allSatisfy({ $0.trimmed.isEmpty }) {
      problems.add(line: row.line, "every input field is empty", advice: "remove the row")
    }
    let shown = images?.read(fields, line: row.line, into: &problems)
    let references = references(in: row, into: &problems)
    let id = id(of: row, into: &problems)
    guard problems.problems.count + problems.omitted == before else { return nil }
    return Example(id: id, fields: fields, references: references, images: shown)
  }

  private func text(
    _ name: String, in row: DataRow, into problems: inout ProblemList
  ) -> String? {
    switch row[name] {
    case .text(let text)?:
      if text.utf8.contains(0) {
        problems.add(line: row.line, "the field \"\(name)\" holds a NUL character")
      }
      return text
    case .texts?, .nested?:
      problems.add(
        line: row.line, "the field \"\(name)\" must be a text, not a list or an object",
        advice: "write its parts as fields of their own")
    case .null?:
      problems.add(line: row.line, "the field \"\(name)\" is null", advice: "write a text")
    case nil: reportMissing(name, in: row, into: &problems)
    }
    return nil
  }

  private func reportMissing(
    _ name: String, in row: DataRow, into problems: inout ProblemList
  ) {
    problems.add(
      line: row.line, "the field \"\(name)\" is missing",
      advice: NearestWord.advice(for: name, among: row.cells.map(\.name)))
  }

  private func references(in row: DataRow, into problems: inout ProblemList) -> [String] {
    guard let answerField else { return [] }
    var isJSON = false
    if case .json? = kind { isJSON = true }
    let answers: [String]
    switch row[answerField] {
    case .text(let text)?: answers = [text]
    case .texts(_, let source)? where isJSON: answers = [source]
    case .nested(let source)? where isJSON: answers = [source]
    case .texts(let texts, _)?:
      if texts.isEmpty {
        problems.add(line: row.line, "the field \"\(answerField)\" holds no answer")
      }
      answers = texts
    case .nested?:
      problems.add(
        line: row.line,
        "the field \"\(answerField)\" must be a text or a list of texts, not an object",
        advice: "a JSON answer needs kind: json")
      answers = []
    case .null?:
      problems.add(line: row.line, "the field \"\(answerField)\" is null", advice: "write a text")
      answers = []
    case nil:
      reportMissing(answerField, in: row, into: &problems)
      answers = []
    }
    for answer in answers {
      if let problem = kind?.problem(withReference: answer) {
        problems.add(
          line: row.line, "\(answerField): \(problem.message)", advice: problem.advice)
      } else if kind == nil, answer.trimmed.isEmpty {
        problems.add(line: row.line, "\(answerField): the answer is empty")
      }
    }
    return answers
  }

  private mutating func id(of row: DataRow, into problems: inout ProblemList) -> String {
    let place = "\(filePrefix):\(row.line)"
    guard let idField else { return place }
    guard let id = text(idField, in: row, into: &problems) else { return place }
    if id.trimmed.isEmpty {
      problems.add(line: row.line, "the field \"\(idField)\" is empty", advice: "name the row")
    } else if let earlier = places.updateValue(place, forKey: id) {
      problems.add(
        line: row.line, "the id \"\(DocumentNode.shortened(id))\" also stands in \(earlier)",
        advice: "make ids unique, or leave out data.id")
    }
    return id
  }
}
