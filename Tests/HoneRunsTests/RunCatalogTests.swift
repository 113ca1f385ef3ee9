// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneStore
import HoneTesting
import Testing

@Suite struct RunCatalogTests {
  let folder: TemporaryFolder
  var catalog: RunCatalog { RunCatalog(folder.url) }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func finishedRun(seed: UInt64 = 1, test: Int = 20) async throws -> RunRecord {
    try await ScriptedRun.perform(
      ReviewTask.make(test: test, seed: seed), optimizer: WordSearch(steps: 2),
      models: ReviewTask.models(), in: folder.url)
  }

  @Test func `Runs are named by task, day and number, and listed`() async throws {
    let first = try await finishedRun()
    let second = try await finishedRun(seed: 2)
    #expect([first.id, second.id] == ["reviews-2023-11-14-1", "reviews-2023-11-14-2"])
    try Data().write(to: folder.url.appending(path: "stray.txt"))
    let list = try catalog.list()
    #expect(Set(list.map(\.name)) == [first.id, second.id])
    let listing = try #require(list.first { $0.name == first.id })
    #expect(listing.status == .finished)
    #expect(listing.process == nil)
    #expect(listing.calls == first.spend.totalCalls)
    #expect(listing.bestScore == first.result?.bestTest?.score)
  }

  @Test(arguments: ["nope", "..", ".", "", "a/b", "../reviews"])
  func `A run that is not there is an error that names those that are`(name: String) async throws {
    let record = try await finishedRun()
    #expect(throws: RunError.noSuchRun(name: name, known: [record.id])) {
      try catalog.record(of: name)
    }
    #expect(throws: RunError.self) { try catalog.remove(name) }
  }

  @Test func `A folder that does not exist holds no runs`() throws {
    #expect(try RunCatalog(folder.url.appending(path: "none")).list().isEmpty)
  }

  @Test func `A damaged run is listed with its problem`() async throws {
    let record = try await finishedRun()
    let file = RunFolder(folder.url.appending(path: record.id)).database
    try? FileManager.default.removeItem(atPath: file.path + "-wal")
    // As another file, for the run that just ended may still write to its own as it closes.
    try Data(repeating: 7, count: 5000).write(to: file, options: .atomic)
    #expect(try catalog.list().first?.problem?.contains("is damaged") == true)
  }

  @Test func `A removed run is gone, and one that is worked on stays`() async throws {
    let record = try await finishedRun()
    try catalog.remove(record.id)
    #expect(try catalog.list().isEmpty)
    let run = try Run.create(
      ReviewTask.make(), models: ReviewTask.models(), optimizer: WordSearch(), in: catalog,
      options: ScriptedRun.options)
    #expect(throws: StoreError.self) { try catalog.remove(run.name) }
    #expect(try catalog.list().count == 1)
  }

  @Test func `The best prompts of two runs are compared on the same rows`() async throws {
    let first = try await finishedRun()
    let second = try await finishedRun(seed: 2)
    let comparison = try catalog.compare(first.id, second.id)
    #expect(comparison.pairs == 20)
    #expect(comparison.first.mean == first.result?.bestTest?.score)
    let other = try await finishedRun(test: 10)
    let error = #expect(throws: RunError.self) { try catalog.compare(first.id, other.id) }
    #expect(error?.description.contains("not tested on the same rows") == true)
  }

  @Test func `A task's name becomes a plain folder name`() async throws {
    var loaded = try ReviewTask.make()
    loaded.task.name = "../Über Alles: 1/2"
    let run = try Run.create(
      loaded, models: ReviewTask.models(), optimizer: WordSearch(), in: catalog,
      options: ScriptedRun.options)
    #expect(run.name == "ber-alles--1-2-2023-11-14-1")
    #expect(run.folder.deletingLastPathComponent().path == folder.url.path)
  }
}
