// SPDX-License-Identifier: Apache-2.0

import GRDB

/// What each stage of a program did, beside an example's outcome.
enum Migration2 {
  static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("2 traces") { db in
      try db.alter(table: "outcome") { table in table.add(column: "trace", .text) }
    }
  }
}
