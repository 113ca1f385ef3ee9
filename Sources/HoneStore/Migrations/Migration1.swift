// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables of a run, as of version 0.1.
enum Migration1 {
  static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("1 run") { db in
      try createHeader(db)
      try createJournal(db)
      try createStory(db)
    }
  }

  private static func createHeader(_ db: Database) throws {
    try db.create(table: "run") { table in
      table.primaryKey("id", .integer).check { $0 == 1 }
      for column in ["task", "version", "seed", "models", "dataDigest", "status", "spend"] {
        table.column(column, .text).notNull()
      }
      table.column("sealedTest", .blob).notNull()
      table.column("started", .double).notNull()
      table.column("seconds", .double).notNull()
      table.column("cachedCalls", .integer).notNull()
      table.column("result", .text)
    }
    try db.create(table: "example") { table in
      table.primaryKey {
        table.column("split", .text)
        table.column("position", .integer)
      }
      table.column("body", .text).notNull()
    }
  }

  private static func createJournal(_ db: Database) throws {
    try db.create(table: "journal") { table in
      table.autoIncrementedPrimaryKey("sequence")
      table.column("key", .blob).notNull().indexed()
      table.column("kind", .text).notNull()
      table.column("role", .text).notNull()
      table.column("response", .text).notNull()
      table.column("failed", .boolean).notNull()
      table.column("promptTokens", .integer).notNull()
      table.column("completionTokens", .integer).notNull()
      table.column("dollars", .double).notNull()
      table.column("duration", .double).notNull()
      table.column("cached", .boolean).notNull()
    }
    try db.create(table: "decision") { table in
      table.primaryKey("name", .text)
      table.column("journalSequence", .integer).notNull()
      table.column("value", .text).notNull()
    }
  }

  private static func createStory(_ db: Database) throws {
    try db.create(table: "candidate") { table in
      table.autoIncrementedPrimaryKey("position")
      table.column("id", .text).notNull().unique()
      table.column("prompts", .text).notNull()
      table.column("parents", .text).notNull()
      table.column("move", .text).notNull()
      table.column("step", .integer).notNull()
    }
    try db.create(table: "outcome", options: .withoutRowID) { table in
      table.primaryKey {
        table.column("candidate", .text)
        table.column("example", .text)
      }
      table.column("response", .text).notNull()
      table.column("answer", .text)
      table.column("outcome", .text).notNull()
    }
    try db.create(table: "event") { table in
      table.primaryKey("position", .integer)
      table.column("seconds", .double).notNull()
      table.column("calls", .integer).notNull()
      table.column("body", .text).notNull()
    }
  }
}
