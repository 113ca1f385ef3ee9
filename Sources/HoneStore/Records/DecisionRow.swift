// SPDX-License-Identifier: Apache-2.0

import GRDB

/// A fact about the world, such as that the time is up, that a replay must see again.
struct DecisionRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "decision"
  static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace, update: .abort)

  /// What was decided and when in the run's order, such as `time-up-12`.
  var name: String
  /// The last call of the journal when it was decided.
  var journalSequence: Int64
  /// The decision, as JSON.
  var value: String
}
