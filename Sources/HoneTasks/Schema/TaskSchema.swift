// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The JSON Schema of the task file, for editors.
///
/// It is written from the same descriptions of keys that the reader checks a file against. What a
/// schema cannot say, such as that a slot is a field's name, only the reader checks.
public enum TaskSchema {
  /// The schema in draft 2020-12, with the settings of the given optimizers.
  public static func document(optimizers: [OptimizerDescription]) -> JSONValue {
    var schema = members(of: TaskKeys.root, optimizers)
    schema["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
    schema["title"] = .string("Hone task file")
    schema["description"] = .string("A task whose prompt hone improves.")
    return .object(schema)
  }

  /// The schema as text: two spaces of indentation, keys in sorted order, a line break at the end.
  /// - Throws: `EncodingError` for a description with a number that is not finite.
  public static func text(optimizers: [OptimizerDescription]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(document(optimizers: optimizers))
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// The members of a mapping's schema.
  fileprivate static func members(
    of section: KeySection, _ optimizers: [OptimizerDescription]
  ) -> [String: JSONValue] {
    var properties: [String: JSONValue] = [:]
    for key in section.keys {
      var property = key.kind.schema(optimizers)
      property["description"] = .string(key.help)
      if let value = key.defaultValue { property["default"] = key.kind.value(value) }
      properties[key.name] = .object(property)
    }
    var members: [String: JSONValue] = [
      "type": .string("object"), "additionalProperties": .bool(false),
      "properties": .object(properties),
    ]
    let required = section.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members["required"] = .array(required) }
    return members
  }
}

extension ValueKind {
  /// The members of the kind's schema.
  fileprivate func schema(_ optimizers: [OptimizerDescription]) -> [String: JSONValue] {
    switch self {
    case .text: ["type": Self.types("string", "number", "boolean")]
    case .word(let words): ["enum": .array(words.map(JSONValue.string))]
    case .integer(let range):
      Self.range("integer", Double(range.lowerBound), Double(range.upperBound))
    case .number(let range): Self.range("number", range.lowerBound, range.upperBound)
    case .flag: ["type": .string("boolean")]
    case .quantity(let quantity):
      [
        "type": .array(
          [.string("string")] + [quantity.plainNumber].compactMap { $0.map(JSONValue.string) }),
        "pattern": .string(quantity.pattern), "exclusiveMinimum": .number(0),
      ]
    case .list(let kind):
      [
        "type": .string("array"), "minItems": .number(1),
        "items": .object(kind.schema(optimizers)),
      ]
    case .mapping(let section): TaskSchema.members(of: section, optimizers)
    case .row:
      [
        "type": .string("object"),
        "additionalProperties": .object(ValueKind.text.schema(optimizers)),
      ]
    case .document: ["type": .string("object")]
    case .optimizer: Self.optimizer(optimizers)
    case .either(let kinds):
      ["anyOf": .array(kinds.map { .object($0.schema(optimizers)) })]
    }
  }

  /// A default value as the kind writes it.
  fileprivate func value(_ text: String) -> JSONValue {
    switch self {
    case .integer, .number: Double(text).map(JSONValue.number) ?? .string(text)
    case .flag: .bool(text == "true")
    default: .string(text)
    }
  }

  private static func types(_ names: String...) -> JSONValue {
    .array(names.map(JSONValue.string))
  }

  private static func range(
    _ type: String, _ lower: Double, _ upper: Double
  ) -> [String: JSONValue] {
    var members: [String: JSONValue] = ["type": .string(type)]
    if lower.isFinite, lower > Double(Int.min) { members["minimum"] = .number(lower) }
    if upper.isFinite, upper < Double(Int.max) { members["maximum"] = .number(upper) }
    return members
  }

  private static func optimizer(_ optimizers: [OptimizerDescription]) -> [String: JSONValue] {
    guard !optimizers.isEmpty else { return ["type": types("string", "object")] }
    let name = ValueKind.word(optimizers.map(\.name)).schema([])
    let mappings = optimizers.map { TaskSchema.members(of: KeySection($0), []) }
    return ["anyOf": .array([.object(name)] + mappings.map(JSONValue.object))]
  }
}
