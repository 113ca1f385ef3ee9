// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import Testing

/// The texts an optimizer model is shown, cell by cell.
///
/// Fixtures are written by `HONE_RECORD=1 swift test --filter GridGoldenTests`; read what changed.
struct GridGoldenTests {
  @Test("The meta-prompt of step 3 is the fixture's, word for word", arguments: DirectionCell.all)
  func metaPrompts(cell: DirectionCell) async throws {
    for method in MethodCell.all where method.warmup == 0 {
      let asked = try await requests(cell.settings.merging(method.settings) { $1 })
      let metaPrompts = asked.filter { $0.contains("<new_prompt>") }
      // Two candidates a step, so step 3 asks the fifth time.
      try Fixture("Grid/\(cell)-\(method)").check(try #require(metaPrompts.dropFirst(4).first))
    }
  }

  @Test("What is asked for a reflection and a summary in step 3 is the fixture's")
  func otherRequests() async throws {
    let reflecting = DirectionCell(direction: "reflection", trajectory: "summary")
    let both = try await requests(reflecting.settings)
    try Fixture("Requests/reflection").check(
      try #require(both.last { $0.contains("Name the one fault") }))
    try Fixture("Requests/summary-of-prompts").check(
      try #require(both.last { $0.contains("Write the summary anew") }))
    var faults = reflecting
    faults.momentum = "reflections"
    try Fixture("Requests/summary-of-reflections").check(
      try #require(
        try await requests(faults.settings).last { $0.contains("Write the summary anew") }))
  }

  private func requests(_ settings: [String: JSONValue]) async throws -> [String] {
    var settings = settings
    settings["candidates"] = .number(2)
    settings["epochs"] = .number(1)
    settings["proposer"] = .string("meta-prompt")
    let session = try GridScript().session()
    let optimizer = try Catalog.make(OptimizerChoice(name: "gpo", settings: settings))
    _ = try await optimizer.optimize(in: session)
    return session.requests.map(GridScript.text)
  }
}

/// A text file that a text must equal.
struct Fixture {
  /// The path under the folder of fixtures, without its ending.
  var name: String

  init(_ name: String) {
    self.name = name
  }

  /// Compares, or writes the file when `HONE_RECORD` is set.
  func check(_ text: String) throws {
    let text = text + "\n"
    let file = "Fixtures/\(name).txt"
    if ProcessInfo.processInfo.environment["HONE_RECORD"] != nil {
      let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: file)
      try FileManager.default.createDirectory(
        at: source.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: source)
      return
    }
    let url = try #require(Bundle.module.resourceURL?.appending(path: file))
    let data = try? Data(contentsOf: url)
    let expected = data.map { String(decoding: $0, as: UTF8.self) }
    #expect(text == expected, "\(file) differs; HONE_RECORD=1 writes it anew")
  }
}
