// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore
import HoneTesting
import Testing

@testable import HoneRuns

/// The document of a run, written piece by piece.
@Suite struct RecordDocumentTests {
  private func record() async throws -> RunRecord {
    let folder = try TemporaryFolder()
    return try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: ReviewTask.model()),
      in: folder.url)
  }

  @Test(arguments: ["]", "[\"list-", "\\\"list-0\" ]", "a\nb\u{2028}/", "{\"results\":[]}"])
  func `Texts that look like the document's own parts come back as they were`(text: String)
    async throws
  {
    var record = try await record()
    for index in record.dev.indices {
      for place in record.dev[index].results.indices {
        record.dev[index].results[place].response = text
        record.dev[index].results[place].example = "\(text) \(place)"
      }
    }
    record.task.description = text
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "result.json")
    try RecordDocument(record).write(to: file)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    let data = try Data(contentsOf: file)
    #expect(try decoder.decode(RunRecord.self, from: data) == record)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
  }

  @Test func `Each outcome stands on a line of its own`() async throws {
    let record = try await record()
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "result.json")
    try RecordDocument(record).write(to: file)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let outcomes =
      record.dev.reduce(0) { $0 + $1.results.count }
      + (record.result?.seedTest?.results.count ?? 0)
      + (record.result?.bestTest?.results.count ?? 0)
    #expect(lines.count { $0.hasPrefix(#"{"answer":"#) } == outcomes)
    #expect(outcomes > 40)
  }

  @Test func `An older document stays when the new one cannot be written`() async throws {
    let record = try await record()
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "result.json")
    try Data("old".utf8).write(to: file)
    // The part's name is taken by a folder.
    try FileManager.default.createDirectory(
      at: file.appendingPathExtension("part").appending(path: "x"),
      withIntermediateDirectories: true)
    #expect(throws: StoreError.self) { try RecordDocument(record).write(to: file) }
    #expect(try Data(contentsOf: file) == Data("old".utf8))
  }
}
