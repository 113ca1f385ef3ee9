// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// How values of a type in Swift become the texts that pass between stages, and back.
public struct FieldCodec<Value>: Sendable {
  /// The type of the field.
  public var type: FieldType
  /// What a value must be, as the end of a sentence.
  public var requirement: String
  /// Reads a text in normal form.
  public var read: @Sendable (String) throws -> Value
  /// Writes a text in normal form.
  public var write: @Sendable (Value) throws -> String

  /// Creates a codec.
  public init(
    type: FieldType, requirement: String, read: @escaping @Sendable (String) throws -> Value,
    write: @escaping @Sendable (Value) throws -> String
  ) {
    self.type = type
    self.requirement = requirement
    self.read = read
    self.write = write
  }

  /// The value of a field among a stage's outputs.
  /// - Throws: ``FieldValueProblem`` that names the field.
  public func value(of field: String, in texts: [String: String]) throws -> Value {
    guard let text = texts[field] else {
      throw FieldValueProblem(field: field, required: requirement, received: nil)
    }
    do {
      return try read(text)
    } catch {
      throw FieldValueProblem(field: field, required: requirement, received: text)
    }
  }
}

/// Why a text is no value of a field's type in Swift.
public struct FieldValueProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field.
  public var field: String
  /// What its value must be.
  public var required: String
  /// The text that was there; nil for none.
  public var received: String?

  /// Creates the error.
  public init(field: String, required: String, received: String?) {
    self.field = field
    self.required = required
    self.received = received
  }

  /// The field, what was required and what was there.
  public var description: String {
    let found = received.map { "not \"\($0.prefix(60))\"" } ?? "and is missing"
    return "the field \(field) must be \(required), \(found)"
  }
}
