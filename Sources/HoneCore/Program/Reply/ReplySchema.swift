// SPDX-License-Identifier: Apache-2.0

extension StageCall {
  /// A JSON Schema of the reply, where it is written as JSON; nil for other formats.
  ///
  /// `required` holds the members in the order they are written, the reasoning of a chain of thought
  /// first.
  public var replySchema: JSONValue? {
    guard format == .json else { return nil }
    let members = outputs.map { ($0.name, $0.type.schema) }
    return .object([
      "type": .string("object"),
      "properties": .object(Dictionary(members, uniquingKeysWith: { first, _ in first })),
      "required": .array(outputs.map { .string($0.name) }),
      "additionalProperties": .bool(false),
    ])
  }
}

extension FieldType {
  /// A JSON Schema of the values.
  public var schema: JSONValue {
    switch self {
    case .text: .object(["type": .string("string")])
    case .number: .object(["type": .string("number")])
    case .bool: .object(["type": .string("boolean")])
    case .label(let labels):
      .object(["type": .string("string"), "enum": .array(labels.map { .string($0) })])
    case .list(let element): .object(["type": .string("array"), "items": element.schema])
    case .json: .object([:])
    }
  }
}
