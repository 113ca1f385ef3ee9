// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension JSONValue {
  /// Whether a JSON Schema says of every part what it is, and of objects that they have no others.
  var isClosedSchema: Bool {
    switch self {
    case .object(let members):
      if members.isEmpty { return false }
      if members["type"]?.stringValue == "object" {
        guard case .bool(false)? = members["additionalProperties"],
          case .object(let properties)? = members["properties"]
        else { return false }
        return properties.values.allSatisfy(\.isClosedSchema)
      }
      if members["type"]?.stringValue == "array" {
        return members["items"]?.isClosedSchema ?? false
      }
      return true
    case .null, .bool, .number, .string, .array: return false
    }
  }

  /// The document with sorted keys, but the properties of a schema in the order of its `required`.
  ///
  /// Services write an answer's members in the order of the schema's properties, and what is reasoned
  /// must come before what follows from it.
  /// - Throws: `EncodingError` for a number that is not finite.
  var wireForm: Data {
    get throws {
      var text = CanonicalText()
      try writeWireForm(to: &text)
      return Data(text.bytes)
    }
  }

  private func writeWireForm(to text: inout CanonicalText, first: [String] = []) throws {
    switch self {
    case .null: text.append(json: "null")
    case .bool(let value): text.append(json: value ? "true" : "false")
    case .number(let number):
      if let whole = Int64(exactly: number) { text.append(whole) } else { try text.append(number) }
    case .string(let string): text.append(string)
    case .array(let items):
      try text.append(array: items) { try $0.writeWireForm(to: &$1) }
    case .object(let members):
      let leading = first.filter { members[$0] != nil }
      var separator: StaticString = "{"
      for key in leading + members.keys.filter({ !leading.contains($0) }).sorted() {
        text.append(json: separator)
        separator = ","
        text.append(key)
        text.append(json: ":")
        try members[key]?.writeWireForm(to: &text, first: key == "properties" ? required : [])
      }
      text.append(json: members.isEmpty ? "{}" : "}")
    }
  }

  private var required: [String] {
    guard case .array(let names)? = self["required"] else { return [] }
    var seen: Set<String> = []
    return names.compactMap(\.stringValue).filter { seen.insert($0).inserted }
  }
}
