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
      var text = Data()
      try write(to: &text)
      return text
    }
  }

  private func write(to text: inout Data, first: [String] = []) throws {
    switch self {
    case .array(let items):
      text.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        try item.write(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      let leading = first.filter { members[$0] != nil }
      let keys = leading + members.keys.filter { !leading.contains($0) }.sorted()
      text.append(UInt8(ascii: "{"))
      for (index, key) in keys.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        text += try CanonicalJSON.encode(JSONValue.string(key))
        text.append(UInt8(ascii: ":"))
        try members[key]?.write(to: &text, first: key == "properties" ? required : [])
      }
      text.append(UInt8(ascii: "}"))
    case .null, .bool, .number, .string: text += try CanonicalJSON.encode(self)
    }
  }

  private var required: [String] {
    guard case .array(let names)? = self["required"] else { return [] }
    var seen: Set<String> = []
    return names.compactMap(\.stringValue).filter { seen.insert($0).inserted }
  }
}
