// SPDX-License-Identifier: Apache-2.0

/// Rows of text in columns as wide as their widest cell.
public struct TextTable: Sendable {
  /// The columns' names.
  public let header: [String]
  /// The rows, each with a cell a column.
  public let rows: [[String]]
  /// Colour or none.
  public let style: TerminalStyle

  /// Creates a table.
  public init(header: [String], rows: [[String]], style: TerminalStyle) {
    self.header = header
    self.rows = rows
    self.style = style
  }

  /// The table, a line a row, without space at the ends of lines.
  public var text: String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0.indices.contains(column) ? DisplayWidth.of($0[column]) : 0 }
        .max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var text = zip(cells, widths).map { DisplayWidth.pad($0, to: $1) }.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    return ([style.dim(line(header))] + rows.map(line)).joined(separator: "\n")
  }
}
