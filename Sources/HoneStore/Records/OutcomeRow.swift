// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

/// What came of one example under one candidate.
struct OutcomeRow {
  var candidate: String
  var result: ExampleResult
}

extension OutcomeRow: FetchableRecord, PersistableRecord {
  static let databaseTableName = "outcome"
  static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace, update: .abort)

  init(row: Row) throws {
    candidate = try row.decode(forColumn: "candidate")
    result = ExampleResult(
      example: try row.decode(forColumn: "example"),
      response: try row.decode(forColumn: "response"),
      answer: try row.decode(forColumn: "answer"),
      outcome: try JSONColumn.read(
        Outcome.self, from: try row.decode(forColumn: "outcome"), table: "outcome"))
    // A file of an earlier version that is only looked at has no such column.
    guard row.hasColumn("trace"), let text: String = try row.decode(forColumn: "trace") else {
      return
    }
    result.trace = try JSONColumn.read([StageTrace].self, from: text, table: "outcome")
  }

  func encode(to container: inout PersistenceContainer) throws {
    container["candidate"] = candidate
    container["example"] = result.example
    container["response"] = result.response
    container["answer"] = result.answer
    container["outcome"] = try JSONColumn.write(result.outcome)
    container["trace"] = try result.trace.map { try JSONColumn.write($0) }
  }
}
