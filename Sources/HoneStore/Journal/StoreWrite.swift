// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

/// Something to be written, in the order it happened.
enum StoreWrite: Sendable {
  case call(JournalEntry)
  case outcomes(candidate: String, [ExampleResult])
  case candidate(Candidate)
  /// Puts an event at its place; later events of a story that is no longer true are removed.
  case event(Int, TimedEvent)
  case decision(name: String, value: String)
  /// How far the run is: the status stays as it is.
  case progress(seconds: Double, spend: Spend, cachedCalls: Int)

  func perform(in db: Database) throws {
    switch self {
    case .call(let entry): try entry.insert(db)
    case .outcomes(let candidate, let results):
      for result in results {
        try OutcomeRow(candidate: candidate, result: result).insert(db)
      }
    case .candidate(let candidate): try CandidateRow(candidate: candidate).insert(db)
    case .event(let position, let event):
      try db.execute(sql: "DELETE FROM event WHERE position >= ?", arguments: [position])
      try EventRow(position: position, event: event).insert(db)
    case .decision(let name, let value):
      let last = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM journal") ?? 0
      try DecisionRow(name: name, journalSequence: last, value: value).insert(db)
    case .progress(let seconds, let spend, let cachedCalls):
      try db.execute(
        sql: "UPDATE run SET seconds = ?, spend = ?, cachedCalls = ?",
        arguments: [seconds, try JSONColumn.write(spend), cachedCalls])
    }
  }
}
