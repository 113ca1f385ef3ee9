// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

@testable import HoneTasks

/// The part of JSON Schema that the task file's schema uses.
struct SchemaCheck {
  /// Words of a schema that say nothing on validity.
  private static let annotations: Set<String> = ["$schema", "title", "description", "default"]

  /// Why a value is not valid: paths and words of the schema; empty when it is valid.
  static func problems(_ value: JSONValue, _ schema: JSONValue, at path: String = "") -> [String] {
    guard case .object(let words) = schema else { return ["\(path): the schema is no object"] }
    return words.sorted { $0.key < $1.key }.flatMap { word, rule -> [String] in
      switch word {
      case "type": hasType(value, rule) ? [] : ["\(path): type"]
      case "enum": list(rule).contains(value) ? [] : ["\(path): enum"]
      case "anyOf":
        list(rule).contains { problems(value, $0, at: path).isEmpty } ? [] : ["\(path): anyOf"]
      case "minimum":
        (value.numberValue ?? 0) >= (rule.numberValue ?? 0) ? [] : ["\(path): minimum"]
      case "exclusiveMinimum":
        (value.numberValue ?? .infinity) > (rule.numberValue ?? 0) ? [] : ["\(path): \(word)"]
      case "maximum":
        (value.numberValue ?? 0) <= (rule.numberValue ?? 0) ? [] : ["\(path): maximum"]
      case "pattern": matches(value, rule) ? [] : ["\(path): pattern"]
      case "minItems":
        Double(list(value).count) >= (rule.numberValue ?? 0) ? [] : ["\(path): minItems"]
      case "items": list(value).enumerated().flatMap { problems($1, rule, at: "\(path)[\($0)]") }
      case "required":
        list(rule).compactMap(\.stringValue).filter { value[$0] == nil }.map {
          "\(path).\($0): required"
        }
      case "properties", "additionalProperties":
        word == "properties" ? members(value, words, path) : rest(value, words, path)
      default: annotations.contains(word) ? [] : ["\(path): the word \(word) is unknown"]
      }
    }
  }

  private static func members(
    _ value: JSONValue, _ words: [String: JSONValue], _ path: String
  ) -> [String] {
    guard case .object(let members) = value, let properties = words["properties"] else { return [] }
    return members.sorted { $0.key < $1.key }.flatMap { key, member in
      properties[key].map { problems(member, $0, at: "\(path).\(key)") } ?? []
    }
  }

  /// Members that `properties` does not name.
  private static func rest(
    _ value: JSONValue, _ words: [String: JSONValue], _ path: String
  ) -> [String] {
    guard case .object(let members) = value, let rule = words["additionalProperties"] else {
      return []
    }
    let others = members.filter { words["properties"]?[$0.key] == nil }.sorted { $0.key < $1.key }
    return others.flatMap { key, member in
      rule == .bool(false)
        ? ["\(path).\(key): unknown"] : problems(member, rule, at: "\(path).\(key)")
    }
  }

  private static func list(_ value: JSONValue) -> [JSONValue] {
    guard case .array(let items) = value else { return [] }
    return items
  }

  private static func hasType(_ value: JSONValue, _ rule: JSONValue) -> Bool {
    let names = rule.stringValue.map { [$0] } ?? list(rule).compactMap(\.stringValue)
    return switch value {
    case .null: names.contains("null")
    case .bool: names.contains("boolean")
    case .string: names.contains("string")
    case .array: names.contains("array")
    case .object: names.contains("object")
    case .number(let number):
      names.contains("number") || (names.contains("integer") && number == number.rounded())
    }
  }

  private static func matches(_ value: JSONValue, _ rule: JSONValue) -> Bool {
    guard let text = value.stringValue, let pattern = rule.stringValue else { return true }
    return text.range(of: pattern, options: .regularExpression) != nil
  }
}

extension DocumentNode {
  /// The value as an editor's YAML reader sees it.
  var jsonValue: JSONValue {
    switch content {
    case .list(let items): .array(items.map(\.jsonValue))
    case .mapping(let members):
      .object(
        Dictionary(members.map { ($0.key, $0.value.jsonValue) }, uniquingKeysWith: { $1 }))
    case .scalar(let text, _):
      if isNull {
        .null
      } else if let flag {
        .bool(flag)
      } else if let number {
        .number(number)
      } else {
        .string(text)
      }
    }
  }
}
