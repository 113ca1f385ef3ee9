// SPDX-License-Identifier: Apache-2.0

import GRDB
import HoneCore

extension RunStore {
  /// The recorded calls of the given keys, by key, the latest of each.
  ///
  /// Failures recorded up to `retriedUpTo` are passed over, so that they are tried again.
  /// - Throws: ``StoreError``.
  public func calls(
    _ keys: [RequestKey], retriedUpTo barrier: Int64 = 0, until end: Int64 = .max
  ) throws -> [RequestKey: JournalEntry] {
    var found: [RequestKey: JournalEntry] = [:]
    found.reserveCapacity(keys.count)
    var left: [RequestKey] = []
    for key in keys {
      if let entry = writer.unwritten(key), end == .max {
        found[key] = entry
      } else {
        left.append(key)
      }
    }
    try read { db in
      // A new run asks for many calls while its journal is empty.
      let isEmpty = try JournalEntry.fetchOne(db, sql: "SELECT * FROM journal LIMIT 1") == nil
      guard !isEmpty else { return }
      let statement = try db.cachedStatement(
        sql: """
          SELECT * FROM journal WHERE key = ? AND sequence <= ? AND (NOT failed OR sequence > ?)
          ORDER BY sequence DESC LIMIT 1
          """)
      for key in left {
        if let entry = try JournalEntry.fetchOne(statement, arguments: [key, end, barrier]) {
          found[key] = entry
        }
      }
    }
    return found
  }

  /// The place of the last call recorded; 0 when there is none.
  /// - Throws: ``StoreError``.
  public func lastSequence() throws -> Int64 {
    try read { db in try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM journal") ?? 0 }
  }
}
