// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import HoneCore
import HoneStore
import Testing

@Suite struct DamagedStoreTests {
  let fixture: StoreFixture
  var file: URL { RunFolder(fixture.folder).database }

  init() throws {
    fixture = try StoreFixture()
  }

  @Test func `A folder without a run is refused`() {
    #expect(throws: StoreError.notARun(folder: fixture.folder.path)) {
      try RunStore.open(fixture.folder)
    }
    #expect(throws: StoreError.notARun(folder: fixture.folder.path)) {
      try RunStore.look(at: fixture.folder)
    }
  }

  @Test func `A file that is no database is named`() throws {
    try Data("not a database, though quite long enough to be read as one".utf8).write(to: file)
    let error = #expect(throws: StoreError.self) { try RunStore.open(fixture.folder) }
    #expect(error?.description.contains("run.sqlite is damaged") == true)
  }

  @Test(arguments: [
    "UPDATE run SET task = '{'", "DELETE FROM run", "UPDATE run SET status = 'done'",
    "DROP TABLE run", "UPDATE run SET models = 'x'", "UPDATE run SET spend = '[]'",
  ])
  func `A damaged header is an error, not a crash`(sql: String) throws {
    _ = try fixture.create()
    try damage(sql)
    let error = #expect(throws: StoreError.self) {
      try RunStore.open(fixture.folder).header()
    }
    #expect(error?.description.contains("is damaged") == true)
  }

  @Test(arguments: [
    "UPDATE journal SET kind = 'dance'", "UPDATE journal SET role = ''",
    "UPDATE journal SET promptTokens = 'many'", "UPDATE journal SET response = x'ff'",
    "DROP TABLE journal",
  ])
  func `A damaged journal is an error, not a crash`(sql: String) throws {
    let entry = try StoreFixture.entry("a")
    do {
      let store = try fixture.create()
      try store.record(entry)
      try store.flush()
    }
    try damage(sql)
    let store = try RunStore.open(fixture.folder)
    do {
      let found = try store.calls([entry.key])
      // SQLite reads some damage as another value; it must not pass for the entry.
      #expect(found[entry.key] != entry)
    } catch let error as StoreError {
      #expect(error.description.contains("is damaged"))
    }
  }

  @Test func `Bytes overwritten anywhere in the file never crash`() throws {
    do {
      let store = try fixture.create()
      for number in 0..<200 { try store.record(StoreFixture.entry("\(number)")) }
      try store.flush()
    }
    let whole = try Data(contentsOf: file)
    let keys = try (0..<200).map { try StoreFixture.key("\($0)") }
    var random = SeededGenerator(seed: 7)
    for _ in 0..<100 {
      var bytes = whole
      let start = random.nextIndex(below: bytes.count - 64)
      for index in start..<(start + 64) { bytes[index] = UInt8(random.nextIndex(below: 256)) }
      try bytes.write(to: file)
      do {
        let store = try RunStore.open(fixture.folder)
        _ = try store.header()
        _ = try store.calls(keys)
        _ = try store.events()
      } catch is StoreError {
      }
    }
  }

  @Test func `A file of a newer version is refused`() throws {
    _ = try fixture.create()
    try damage("INSERT INTO grdb_migrations VALUES ('2 from the future')")
    #expect(throws: StoreError.tooNew(file: file.path)) { try RunStore.open(fixture.folder) }
  }

  private func damage(_ sql: String) throws {
    try DatabaseQueue(path: file.path).write { db in try db.execute(sql: sql) }
  }
}
