// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

/// A row of train or dev at its place; test rows stay sealed in the header.
struct ExampleRow {
  var split: Split
  var position: Int
  var example: Example
}

extension ExampleRow: FetchableRecord, PersistableRecord {
  static let databaseTableName = "example"

  init(row: Row) throws {
    guard let split = Split(rawValue: try row.decode(forColumn: "split")) else {
      throw DamagedRow(table: "example", problem: "unknown split")
    }
    self.split = split
    position = try row.decode(forColumn: "position")
    example = try JSONColumn.read(
      Example.self, from: try row.decode(forColumn: "body"), table: "example")
  }

  func encode(to container: inout PersistenceContainer) throws {
    container["split"] = split.rawValue
    container["position"] = position
    container["body"] = try JSONColumn.write(example)
  }
}
