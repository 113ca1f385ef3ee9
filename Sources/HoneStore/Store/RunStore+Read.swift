// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import HoneCore

extension RunStore {
  /// The run's settings and how it stands.
  /// - Throws: ``StoreError``.
  public func header() throws -> RunHeader {
    try read { db in
      guard let header = try RunHeader.fetchOne(db) else {
        throw DamagedRow(table: "run", problem: "it is missing")
      }
      return header
    }
  }

  /// The rows of train or dev, in order.
  /// - Throws: ``StoreError``.
  public func examples(of split: Split) throws -> [Example] {
    try read { db in
      // Row by row, as there may be many.
      let rows = try ExampleRow.filter(Column("split") == split.rawValue)
        .order(Column("position")).fetchCursor(db)
      return try Array(rows.map(\.example))
    }
  }

  /// The candidates in the order they came.
  /// - Throws: ``StoreError``.
  public func candidates() throws -> [Candidate] {
    try read { db in
      try CandidateRow.order(Column("position")).fetchAll(db).map(\.candidate)
    }
  }

  /// What happened so far, in order.
  /// - Throws: ``StoreError``.
  public func events() throws -> [TimedEvent] {
    try read { db in try EventRow.order(Column("position")).fetchAll(db).map(\.event) }
  }

  /// The outcomes of a candidate on the rows of train or dev, in the order of the rows; those without
  /// an outcome are left out.
  /// - Throws: ``StoreError``.
  public func outcomes(of candidate: String, on split: Split) throws -> [ExampleResult] {
    try read { db in
      let rows = try OutcomeRow.fetchCursor(
        db,
        sql: """
          SELECT outcome.* FROM example JOIN outcome
          ON outcome.candidate = ? AND outcome.example = json_extract(example.body, '$.id')
          WHERE example.split = ? ORDER BY example.position
          """, arguments: [candidate, split.rawValue])
      return try Array(rows.map(\.result))
    }
  }

  /// The number of calls recorded.
  /// - Throws: ``StoreError``.
  public func journalCount() throws -> Int {
    try read { db in try JournalEntry.fetchCount(db) }
  }

  /// A decision with the place in the journal where it was taken, or nil.
  /// - Throws: ``StoreError``.
  public func decision<Value: Decodable>(
    _ name: String, as type: Value.Type
  ) throws -> (value: Value, after: Int64)? {
    try read { db in
      guard let row = try DecisionRow.fetchOne(db, key: name) else { return nil }
      let value = try JSONColumn.read(type, from: row.value, table: "decision")
      return (value, row.journalSequence)
    }
  }

  func read<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try StoreError.inWords(folder.database) { try database.read(work) }
  }
}
