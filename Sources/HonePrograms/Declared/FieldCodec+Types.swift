// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A type that is a field by its own rules.
public protocol FieldValue: Sendable {
  /// How its values are written and read.
  static var fieldCodec: FieldCodec<Self> { get }
}

/// The codec of a type with rules of its own: texts, numbers, truth values and lists.
public func fieldCodec<Value: FieldValue>(_ type: Value.Type) -> FieldCodec<Value> {
  Value.fieldCodec
}

/// The codec of an enum of labels.
public func fieldCodec<Label: CaseIterable & RawRepresentable & SendableMetatype>(
  _ type: Label.Type
) -> FieldCodec<Label> where Label.RawValue == String {
  let labels = Label.allCases.map(\.rawValue)
  return FieldCodec(
    type: .label(labels), requirement: "one of \(labels.joined(separator: ", "))",
    read: { text in
      guard let value = Label(rawValue: text) else { throw Unreadable() }
      return value
    },
    write: \.rawValue)
}

/// The codec of a list of labels.
public func fieldCodec<Label: CaseIterable & RawRepresentable & SendableMetatype>(
  _ type: [Label].Type
) -> FieldCodec<[Label]> where Label.RawValue == String {
  FieldCodec(listOf: fieldCodec(Label.self))
}

/// The codec of any other type: a JSON document.
@_disfavoredOverload
public func fieldCodec<Value: Codable & SendableMetatype>(_ type: Value.Type) -> FieldCodec<Value> {
  FieldCodec(
    type: .json, requirement: "a JSON document of the form of \(Value.self)",
    read: { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) },
    write: { value in
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    })
}

/// Says what a field's type may be.
@available(
  *, unavailable,
  message:
    "a field is a String, a number, a Bool, an enum `: String, CaseIterable`, a list of these, or Codable"
)
@_disfavoredOverload
public func fieldCodec<Value>(_ type: Value.Type) -> FieldCodec<Value> {
  FieldCodec(
    type: .text, requirement: "", read: { _ in throw Unreadable() }, write: { _ in "" })
}

/// A text that is no value of a type.
private struct Unreadable: Error {}

extension FieldCodec {
  /// The codec of lists: a JSON list, each item as its own codec writes it.
  init<Element>(listOf element: FieldCodec<Element>) where Value == [Element] {
    self.init(
      type: .list(element.type), requirement: "a list, each item \(element.requirement)",
      read: { text in
        guard case .array(let items)? = JSONDocument.parse(text) else { throw Unreadable() }
        return try items.map { try element.read(JSONDocument.plainText($0)) }
      },
      write: { values in
        let items = try values.map { element.type.json(try element.write($0)) }
        return "[" + items.joined(separator: ",") + "]"
      })
  }
}

extension String: FieldValue {
  /// A text as it is.
  public static var fieldCodec: FieldCodec<String> {
    FieldCodec(type: .text, requirement: "text", read: { $0 }, write: { $0 })
  }
}

extension Bool: FieldValue {
  /// `true` or `false`.
  public static var fieldCodec: FieldCodec<Bool> {
    FieldCodec(
      type: .bool, requirement: "true or false",
      read: { text in
        guard let value = Bool(text) else { throw Unreadable() }
        return value
      },
      write: { $0 ? "true" : "false" })
  }
}

extension Int: FieldValue {
  /// A whole number.
  public static var fieldCodec: FieldCodec<Int> {
    FieldCodec(
      type: .number, requirement: "a whole number",
      read: { text in
        guard let value = Int(text) else { throw Unreadable() }
        return value
      },
      write: { "\($0)" })
  }
}

extension Double: FieldValue {
  /// A number.
  public static var fieldCodec: FieldCodec<Double> {
    FieldCodec(
      type: .number, requirement: "a number",
      read: { text in
        guard let value = Double(text) else { throw Unreadable() }
        return value
      },
      write: { FieldType.number.normalForm(of: "\($0)") ?? "\($0)" })
  }
}

extension Array: FieldValue where Element: FieldValue {
  /// A list.
  public static var fieldCodec: FieldCodec<[Element]> {
    FieldCodec(listOf: Element.fieldCodec)
  }
}
