// SPDX-License-Identifier: Apache-2.0

/// The typed fields that a stage reads and writes.
///
/// It is written in a line: names with types, inputs before the arrow.
/// ```swift
/// let signature = try Signature("question, facts -> answer: number, sure: yes | no")
/// ```
/// Without a type a field is a `text`; other types are `number`, `bool`, `json`, a list such as
/// `[text]`, and labels divided by `|`.
public struct Signature: Sendable, Hashable, Codable {
  /// The fields it reads, in order; at least one.
  public var inputs: [Field]
  /// The fields it writes, in order; at least one, the last of which is the stage's answer.
  public var outputs: [Field]

  /// Creates a signature of fields.
  /// - Throws: ``SignatureProblem`` when inputs or outputs are missing or a name stands twice.
  public init(inputs: [Field], outputs: [Field]) throws(SignatureProblem) {
    self.inputs = inputs
    self.outputs = outputs
    if inputs.isEmpty { throw .missing(side: "input") }
    if outputs.isEmpty { throw .missing(side: "output") }
    var seen: Set<String> = []
    for field in inputs + outputs {
      guard Self.isName(field.name) else { throw .badName(field.name) }
      guard seen.insert(field.name).inserted else { throw .repeated(field.name) }
      if case .label(let labels) = field.type, Set(labels).count < max(2, labels.count) {
        throw .badLabels(field: field.name)
      }
    }
  }

  /// Reads a signature from its line.
  /// - Throws: ``SignatureProblem`` that says what is wrong and how it is written.
  public init(_ line: String) throws(SignatureProblem) {
    let sides = line.split(separator: "->", omittingEmptySubsequences: false)
    guard sides.count == 2 else { throw .arrow(line) }
    try self.init(inputs: Self.fields(sides[0]), outputs: Self.fields(sides[1]))
  }

  /// The line it is read from.
  public var written: String {
    inputs.map(\.written).joined(separator: ", ") + " -> "
      + outputs.map(\.written).joined(separator: ", ")
  }

  private static func fields(_ side: Substring) throws(SignatureProblem) -> [Field] {
    var fields: [Field] = []
    guard !String(side).trimmed.isEmpty else { return [] }
    for part in side.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(pieces.first ?? "").trimmed
      guard pieces.count == 2 else {
        fields.append(Field(name))
        continue
      }
      fields.append(Field(name, try type(String(pieces[1]).trimmed, of: name)))
    }
    return fields
  }

  private static func type(
    _ word: String, of field: String
  ) throws(SignatureProblem) -> FieldType {
    if word.hasPrefix("["), word.hasSuffix("]") {
      return .list(try type(String(word.dropFirst().dropLast()).trimmed, of: field))
    }
    if word.contains("|") {
      let labels = word.split(separator: "|", omittingEmptySubsequences: false).map {
        String($0).trimmed
      }
      guard !labels.contains("") else { throw .badLabels(field: field) }
      return .label(labels)
    }
    switch word {
    case "text": return .text
    case "number": return .number
    case "bool": return .bool
    case "json": return .json
    default: throw .unknownType(word, field: field)
    }
  }

  /// Letters, digits, `_` and `-`, not beginning with a digit.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic || first == "_"
    else { return false }
    return name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" || $0 == "-"
    }
  }
}

/// What is wrong with a signature.
public enum SignatureProblem: Error, Sendable, Hashable, CustomStringConvertible {
  case arrow(String)
  case missing(side: String)
  case badName(String)
  case repeated(String)
  case unknownType(String, field: String)
  case badLabels(field: String)
  case oneText(String)

  /// What is wrong and how to write it.
  public var description: String {
    switch self {
    case .arrow(let line):
      "a signature has one arrow between its inputs and outputs, such as "
        + "\"question -> answer: number\", not \"\(line)\""
    case .missing(let side): "a signature needs at least one \(side) field"
    case .badName(let name):
      "\"\(name)\" is not a field's name; write letters, digits, _ and -, a letter first"
    case .repeated(let name): "the field \"\(name)\" stands twice"
    case .unknownType(let word, let field):
      "\"\(word)\" is not a type for the field \"\(field)\"; there are text, number, bool, json, "
        + "[type] and labels divided by |"
    case .oneText(let line):
      "a stage that retrieves writes one text, such as \"question -> facts\", not \"\(line)\""
    case .badLabels(let field):
      "the labels of the field \"\(field)\" must be at least two, all different and not empty"
    }
  }
}
