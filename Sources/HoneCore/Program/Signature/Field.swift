// SPDX-License-Identifier: Apache-2.0

/// A named, typed value that a stage reads or writes.
public struct Field: Sendable, Hashable, Codable {
  /// The name, unique in its signature.
  public var name: String
  /// What it holds.
  public var type: FieldType
  /// What it is for, told to the model; empty for nothing.
  public var description: String

  /// Creates a field.
  public init(_ name: String, _ type: FieldType = .text, description: String = "") {
    self.name = name
    self.type = type
    self.description = description
  }

  /// The name as a heading before the value: `final_answer` is `Final answer`.
  public var label: String {
    let words = name.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// The field as it is written in a signature.
  public var written: String { type == .text ? name : "\(name): \(type.written)" }
}
