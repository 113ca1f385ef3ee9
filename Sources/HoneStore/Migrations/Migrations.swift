// SPDX-License-Identifier: Apache-2.0

import GRDB

/// All migrations of a run's file, oldest first.
enum Migrations {
  static var all: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    Migration1.register(in: &migrator)
    Migration2.register(in: &migrator)
    return migrator
  }
}
