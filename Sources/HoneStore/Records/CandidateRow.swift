// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

/// A candidate with its lineage, in the order candidates came.
struct CandidateRow {
  var candidate: Candidate
}

extension CandidateRow: FetchableRecord, PersistableRecord {
  static let databaseTableName = "candidate"
  /// The first arrival of a candidate stays: a replay brings the same ones again.
  static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore, update: .abort)

  init(row: Row) throws {
    candidate = Candidate(
      prompts: try JSONColumn.read(
        [String: Prompt].self, from: try row.decode(forColumn: "prompts"), table: "candidate"),
      lineage: Lineage(
        parents: try JSONColumn.read(
          [String].self, from: try row.decode(forColumn: "parents"), table: "candidate"),
        move: try row.decode(forColumn: "move"), step: try row.decode(forColumn: "step")))
  }

  func encode(to container: inout PersistenceContainer) throws {
    container["id"] = candidate.id
    container["prompts"] = try JSONColumn.write(candidate.prompts)
    container["parents"] = try JSONColumn.write(candidate.lineage.parents)
    container["move"] = candidate.lineage.move
    container["step"] = candidate.lineage.step
  }
}
