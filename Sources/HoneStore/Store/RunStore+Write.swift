// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import HoneCore

extension RunStore {
  /// Records a call.
  /// - Throws: ``StoreError`` when an earlier write failed.
  public func record(_ entry: JournalEntry) throws {
    try write(.call(entry))
  }

  /// Records what came of examples under a candidate; the same again replaces it.
  /// - Throws: ``StoreError`` when an earlier write failed.
  public func record(_ results: [ExampleResult], of candidate: String) throws {
    try write(.outcomes(candidate: candidate, results))
  }

  /// Records a candidate, once.
  /// - Throws: ``StoreError`` when an earlier write failed.
  public func record(_ candidate: Candidate) throws {
    try write(.candidate(candidate))
  }

  /// Records what happened at a position of the story; what was recorded from there on is replaced.
  /// - Throws: ``StoreError`` when an earlier write failed.
  public func record(_ event: TimedEvent, at position: Int) throws {
    try write(.event(position, event))
  }

  /// Records a decision under a name and waits until it is in the file.
  /// - Throws: ``StoreError``.
  public func record(decision name: String, _ value: some Encodable) throws {
    try write(.decision(name: name, value: try JSONColumn.write(value)))
    try flush()
  }

  /// Records how far the run is.
  /// - Throws: ``StoreError`` when an earlier write failed.
  public func record(seconds: Double, spend: Spend, cachedCalls: Int) throws {
    try write(.progress(seconds: seconds, spend: spend, cachedCalls: cachedCalls))
  }

  /// Records how the run stands and, when it is done, what it found.
  /// - Throws: ``StoreError``.
  public func finish(_ status: RunStatus, result: RunResult? = nil) throws {
    try flush()
    try StoreError.inWords(folder.database) {
      let status = try JSONColumn.write(status)
      let result = try result.map { try JSONColumn.write($0) }
      try database.write { db in
        try db.execute(
          sql: "UPDATE run SET status = ?, result = coalesce(?, result)",
          arguments: [status, result])
      }
    }
  }

  /// Waits until all that was recorded is in the file.
  /// - Throws: ``StoreError``.
  public func flush() throws {
    try StoreError.inWords(folder.database) { try writer.flush() }
  }

  private func write(_ write: StoreWrite) throws {
    try StoreError.inWords(folder.database) { try writer.append(write) }
  }
}
