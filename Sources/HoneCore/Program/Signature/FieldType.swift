// SPDX-License-Identifier: Apache-2.0

/// What a field of a stage holds.
///
/// Between stages every value is a text in a normal form: a number as digits, a truth value as `true`
/// or `false`, a label as it is declared, a list or a JSON document as canonical JSON.
public indirect enum FieldType: Sendable, Hashable, Codable {
  /// Any text.
  case text
  /// A number.
  case number
  /// True or false.
  case bool
  /// One of the labels.
  case label([String])
  /// A list of values of one type.
  case list(FieldType)
  /// A JSON document.
  case json

  /// The type as it is written in a signature, such as `number` or `yes | no`.
  public var written: String {
    switch self {
    case .text: "text"
    case .number: "number"
    case .bool: "bool"
    case .label(let labels): labels.joined(separator: " | ")
    case .list(let element): "[\(element.written)]"
    case .json: "json"
    }
  }

  /// What a model is told to write, as the end of a sentence.
  var request: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .bool: "true or false"
    case .label(let labels): "one of: " + labels.joined(separator: ", ")
    case .list(let element): "a JSON list, each item \(element.request)"
    case .json: "a JSON document"
    }
  }
}
