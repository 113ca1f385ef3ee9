// SPDX-License-Identifier: Apache-2.0

/// One row of a data file as written, before it becomes an example.
public struct DataRow: Sendable, Hashable {
  /// A field's name and value.
  public struct Cell: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: Value

    /// Creates a cell.
    public init(name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// A field's value.
  public enum Value: Sendable, Hashable {
    /// A text, or a number or truth value as it is written.
    case text(String)
    /// A list of scalars; `source` is the list as it is written.
    case texts([String], source: String)
    /// Any other list or object, as it is written.
    case nested(source: String)
    case null
  }

  /// The line the row begins on, from 1.
  public var line: Int
  /// The fields in the order of the file.
  public var cells: [Cell]

  /// Creates a row.
  public init(line: Int, cells: [Cell]) {
    self.line = line
    self.cells = cells
  }

  /// The value of a field, or nil when the row does not have it.
  public subscript(name: String) -> Value? {
    cells.first { $0.name == name }?.value
  }
}
