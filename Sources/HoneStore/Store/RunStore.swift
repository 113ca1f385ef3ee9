// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import HoneCore

/// A run's file, open for one process.
///
/// Writes are taken in order and reach the file within 50 ms, many to a transaction; ``flush()``
/// waits for them.
public final class RunStore: Sendable {
  /// The run's folder.
  public let folder: RunFolder
  let database: DatabaseQueue
  let writer: BatchedWriter
  private let lock: RunLock?

  private init(folder: RunFolder, database: DatabaseQueue, lock: RunLock?) {
    self.folder = folder
    self.database = database
    self.lock = lock
    writer = BatchedWriter(database)
  }

  /// Makes the file of a new run in a folder that exists, and locks the run.
  /// - Throws: ``StoreError``.
  public static func create(
    in url: URL, header: RunHeader, train: [Example], dev: [Example]
  ) throws -> RunStore {
    let folder = RunFolder(url)
    let lock = try RunLock(folder: url)
    return try StoreError.inWords(folder.database) {
      let database = try DatabaseQueue(path: folder.database.path, configuration: configuration())
      try Migrations.all.migrate(database)
      try fill(database, header: header, train: train, dev: dev)
      return RunStore(folder: folder, database: database, lock: lock)
    }
  }

  /// Makes a run in memory, gone with the object: for evaluations without a folder.
  /// - Throws: ``StoreError``.
  public static func inMemory(
    header: RunHeader, train: [Example] = [], dev: [Example] = []
  ) throws -> RunStore {
    let folder = RunFolder(URL(filePath: "/dev/null"))
    return try StoreError.inWords(folder.database) {
      let database = try DatabaseQueue()
      try Migrations.all.migrate(database)
      try fill(database, header: header, train: train, dev: dev)
      return RunStore(folder: folder, database: database, lock: nil)
    }
  }

  /// Opens a run to go on with it, and locks it.
  /// - Throws: ``StoreError``.
  public static func open(_ url: URL) throws -> RunStore {
    let folder = RunFolder(url)
    guard folder.holdsRun else { throw StoreError.notARun(folder: url.path) }
    let lock = try RunLock(folder: url)
    return try StoreError.inWords(folder.database) {
      let database = try DatabaseQueue(path: folder.database.path, configuration: configuration())
      try check(database, file: folder.database)
      try Migrations.all.migrate(database)
      return RunStore(folder: folder, database: database, lock: lock)
    }
  }

  /// Opens a run to look at it, also while another process works on it.
  /// - Throws: ``StoreError``.
  public static func look(at url: URL) throws -> RunStore {
    let folder = RunFolder(url)
    guard folder.holdsRun else { throw StoreError.notARun(folder: url.path) }
    return try StoreError.inWords(folder.database) {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(10)
      let database = try DatabaseQueue(path: folder.database.path, configuration: configuration)
      try check(database, file: folder.database)
      return RunStore(folder: folder, database: database, lock: nil)
    }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(10)
    return configuration
  }

  private static func check(_ database: DatabaseQueue, file: URL) throws {
    let (newer, complete) = try database.read { db in
      (try Migrations.all.hasBeenSuperseded(db), try Migrations.all.hasCompletedMigrations(db))
    }
    if newer { throw StoreError.tooNew(file: file.path) }
    if database.configuration.readonly, !complete {
      throw StoreError.damaged(file: file.path, problem: "its tables are missing or incomplete")
    }
  }

  private static func fill(
    _ database: DatabaseQueue, header: RunHeader, train: [Example], dev: [Example]
  ) throws {
    try database.write { db in
      try header.insert(db)
      for (split, rows) in [(Split.train, train), (.dev, dev)] {
        for (position, example) in rows.enumerated() {
          try ExampleRow(split: split, position: position, example: example).insert(db)
        }
      }
    }
  }
}

extension StoreError {
  /// Carries out work on a file and puts what goes wrong in words.
  static func inWords<Result>(_ file: URL, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch {
      throw wrapping(error, file: file)
    }
  }
}
