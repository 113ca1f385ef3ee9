// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A grammar, in the notation of llama.cpp, of the JSON documents that a JSON Schema allows.
///
/// Documents are written on one line with a space after each colon and comma. Members come in the
/// order of `required`; others are left out, unless none is required. Numbers have at most 15 digits
/// before the point, lists at most 16 items, and parts without a schema at most three levels, so that
/// every document comes to an end. Of a schema it reads `type`, `properties`, `required`, `items`,
/// `enum` and `const`; any other part may be any JSON.
struct SchemaGrammar {
  /// The rules.
  let text: String
  /// A short document that keeps to the schema, by which the room for an ending is estimated.
  let shortest: String

  /// Writes the grammar of a schema.
  init(_ schema: JSONValue) {
    var rules = Rules()
    let root = rules.rule(schema)
    text = "root ::= \(root)\n" + rules.lines.joined(separator: "\n") + "\n" + Self.common
    shortest = Self.shortest(schema)
  }

  /// The rules that all grammars share.
  private static let common = #"""
    text ::= "\"" char* "\""
    char ::= [^"\\\x00-\x1F\x7F] | "\\" (["\\/bfnrt] | "u" unit)
    unit ::= [0-9a-cA-CeEfF] hex hex hex | [dD] [0-7] hex hex
    hex ::= [0-9a-fA-F]
    whole ::= "-"? ("0" | [1-9] [0-9]{0,14})
    number ::= whole ("." [0-9]{1,9})?
    truth ::= "true" | "false"
    scalar ::= text | number | truth | "null"
    low ::= scalar | "[" (scalar (", " scalar){0,15})? "]" | "{" (text ": " scalar (", " text ": " scalar){0,15})? "}"
    middle ::= scalar | "[" (low (", " low){0,15})? "]" | "{" (text ": " low (", " text ": " low){0,15})? "}"
    object ::= "{" (text ": " middle (", " text ": " middle){0,15})? "}"
    list ::= "[" (middle (", " middle){0,15})? "]"
    any ::= scalar | object | list

    """#

  /// The rules of one schema's own parts.
  private struct Rules {
    var lines: [String] = []

    /// The name of the rule for a schema, or its words where it needs no rule.
    mutating func rule(_ schema: JSONValue) -> String {
      if case .array(let values)? = schema["enum"], !values.isEmpty { return choice(values) }
      if let value = schema["const"] { return choice([value]) }
      switch schema["type"]?.stringValue {
      case "string": return "text"
      case "number": return "number"
      case "integer": return "whole"
      case "boolean": return "truth"
      case "null": return "\"null\""
      case "array": return list(schema)
      case "object": return object(schema)
      default: return "any"
      }
    }

    private mutating func add(_ words: String) -> String {
      let name = "part\(lines.count)"
      lines.append("\(name) ::= \(words)")
      return name
    }

    private mutating func choice(_ values: [JSONValue]) -> String {
      add(
        values.map { SchemaGrammar.literal(JSONDocument.canonical($0) ?? "null") }
          .joined(separator: " | "))
    }

    private mutating func list(_ schema: JSONValue) -> String {
      guard let items = schema["items"] else { return "list" }
      let item = rule(items)
      return add("\"[\" (\(item) (\", \" \(item)){0,15})? \"]\"")
    }

    private mutating func object(_ schema: JSONValue) -> String {
      let members = SchemaGrammar.members(schema)
      guard !members.isEmpty else { return "object" }
      let parts = members.enumerated().map { index, member in
        let key = JSONDocument.canonical(.string(member.name)) ?? "\"\""
        return SchemaGrammar.literal((index == 0 ? "" : ", ") + key + ": ") + " "
          + rule(member.schema)
      }
      return add("\"{\" " + parts.joined(separator: " ") + " \"}\"")
    }
  }

  /// The members that are written, in order.
  private static func members(_ schema: JSONValue) -> [(name: String, schema: JSONValue)] {
    guard case .object(let properties)? = schema["properties"] else { return [] }
    var names = properties.keys.sorted()
    if case .array(let required)? = schema["required"], !required.isEmpty {
      names = required.compactMap(\.stringValue)
    }
    return names.map { ($0, properties[$0] ?? .object([:])) }
  }

  /// A text as a literal of the notation.
  private static func literal(_ text: String) -> String {
    var literal = "\""
    for character in text {
      switch character {
      case "\"", "\\": literal += "\\\(character)"
      case "\n": literal += "\\n"
      default: literal.append(character)
      }
    }
    return literal + "\""
  }

  private static func shortest(_ schema: JSONValue) -> String {
    if case .array(let values)? = schema["enum"] {
      // The longest, as the model may choose it.
      return values.compactMap(JSONDocument.canonical).max { $0.count < $1.count } ?? "null"
    }
    if let value = schema["const"] { return JSONDocument.canonical(value) ?? "null" }
    switch schema["type"]?.stringValue {
    case "array": return "[]"
    case "object":
      let parts = members(schema).map { "\"\($0.name)\": \(shortest($0.schema))" }
      return "{" + parts.joined(separator: ", ") + "}"
    case "string": return "\"word\""
    case "number", "integer": return "1000"
    default: return "false"
    }
  }
}
