// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

/// An answer in the cache.
enum CacheRow {
  static func entry(_ row: Row, role: ModelRole) throws -> JournalEntry {
    guard let kind = CallKind(rawValue: try row.decode(forColumn: "kind")) else {
      throw DamagedRow(table: "answer", problem: "unknown kind")
    }
    return JournalEntry(
      key: try row.decode(forColumn: "key"), kind: kind, role: role,
      response: try row.decode(forColumn: "response"), failed: false,
      usage: Usage(
        promptTokens: try row.decode(forColumn: "promptTokens"),
        completionTokens: try row.decode(forColumn: "completionTokens")),
      duration: 0, cached: true)
  }

  static func insert(_ entry: JournalEntry, into db: Database) throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO answer (key, kind, response, promptTokens, completionTokens)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        entry.key, entry.kind.rawValue, entry.response, entry.usage.promptTokens,
        entry.usage.completionTokens,
      ])
  }
}
