// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import HoneCore
import Synchronization

/// Answers of all runs on this machine, by the same keys as a run's journal.
///
/// Holds successes only. When the file grows beyond its bound the oldest answers go.
public final class CallCache: Sendable {
  private static let batch = 256

  private let file: URL
  private let maximumBytes: Int
  private let database: DatabaseQueue
  private let waiting = Mutex<[JournalEntry]>([])

  /// Opens the cache, made new when there is none.
  /// - Throws: ``StoreError``.
  public init(_ file: URL, maximumBytes: Int = 1 << 30) throws {
    self.file = file
    self.maximumBytes = maximumBytes
    database = try StoreError.inWords(file) {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.busyMode = .timeout(10)
      let database = try DatabaseQueue(path: file.path, configuration: configuration)
      try Self.migrations.migrate(database)
      return database
    }
  }

  /// Where the cache lies: `hone/cache.sqlite` in `$XDG_CACHE_HOME`, or in `~/.cache`.
  public static func defaultFile(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> URL {
    let home = environment["HOME"] ?? NSHomeDirectory()
    let set = environment["XDG_CACHE_HOME"] ?? ""
    let caches = set.hasPrefix("/") ? set : home + "/.cache"
    return URL(filePath: caches).appending(path: "hone").appending(path: "cache.sqlite")
  }

  /// The answers known for the given keys, by key.
  ///
  /// They took tokens, but no money in this run.
  /// - Throws: ``StoreError``.
  public func answers(_ keys: [RequestKey], role: ModelRole) throws -> [RequestKey: JournalEntry] {
    try StoreError.inWords(file) {
      try database.read { db in
        let statement = try db.cachedStatement(sql: "SELECT * FROM answer WHERE key = ?")
        var found: [RequestKey: JournalEntry] = [:]
        for key in keys {
          guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
          found[key] = try CacheRow.entry(row, role: role)
        }
        return found
      }
    }
  }

  /// Keeps an answer, in the file after the next ``flush()`` at the latest; failures are not kept.
  /// - Throws: ``StoreError``.
  public func keep(_ entry: JournalEntry) throws {
    guard !entry.failed else { return }
    let isFull = waiting.withLock { waiting in
      waiting.append(entry)
      return waiting.count >= Self.batch
    }
    if isFull { try flush() }
  }

  /// Writes what waits and keeps to the bound.
  /// - Throws: ``StoreError``.
  public func flush() throws {
    let entries = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    guard !entries.isEmpty else { return }
    try StoreError.inWords(file) {
      try database.write { db in
        for entry in entries { try CacheRow.insert(entry, into: db) }
        try trim(db)
      }
    }
  }

  /// The number of answers and the bytes they take.
  /// - Throws: ``StoreError``.
  public func size() throws -> (answers: Int, bytes: Int) {
    try StoreError.inWords(file) {
      try database.read { db in
        (try Int.fetchOne(db, sql: "SELECT count(*) FROM answer") ?? 0, try Self.usedBytes(db))
      }
    }
  }

  /// Removes all answers and gives the room back.
  /// - Throws: ``StoreError``.
  public func clear() throws {
    waiting.withLock { $0 = [] }
    try StoreError.inWords(file) {
      try database.write { db in try db.execute(sql: "DELETE FROM answer") }
      try database.vacuum()
    }
  }

  /// Deletes the file, also when it is damaged.
  /// - Throws: ``StoreError``.
  public static func remove(_ file: URL) throws {
    try StoreError.inWords(file) {
      for suffix in ["", "-wal", "-shm"] {
        let path = file.path + suffix
        if FileManager.default.fileExists(atPath: path) {
          try FileManager.default.removeItem(atPath: path)
        }
      }
    }
  }

  private func trim(_ db: Database) throws {
    let used = try Self.usedBytes(db)
    guard used > maximumBytes else { return }
    // A tenth more than needed, so that not every batch trims.
    let share = min(1, (Double(used - maximumBytes) / Double(used)) + 0.1)
    let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM answer") ?? 0
    try db.execute(
      sql: "DELETE FROM answer WHERE id IN (SELECT id FROM answer ORDER BY id LIMIT ?)",
      arguments: [Int((Double(count) * share).rounded(.up))])
  }

  private static func usedBytes(_ db: Database) throws -> Int {
    let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
    return (pages - free) * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096)
  }

  private static var migrations: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 answer") { db in
      try db.create(table: "answer") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("key", .blob).notNull().unique()
        table.column("kind", .text).notNull()
        table.column("response", .text).notNull()
        table.column("promptTokens", .integer).notNull()
        table.column("completionTokens", .integer).notNull()
      }
    }
    return migrator
  }
}
