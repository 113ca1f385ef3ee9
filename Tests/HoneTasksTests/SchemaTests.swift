// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import Testing

@testable import HoneTasks

@Suite("JSON Schema of the task file")
struct SchemaTests {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func problems(
    _ bytes: [UInt8], isJSON: Bool = false, optimizers: [OptimizerDescription] = [.gpoForTests]
  ) throws -> [String] {
    var list = ProblemList(file: "f")
    let root = TaskFile.root(of: bytes, isJSON: isJSON, into: &list)
    let value = try #require(root, "\(list.problems)").jsonValue
    return SchemaCheck.problems(value, TaskSchema.document(optimizers: optimizers))
  }

  /// Set `HONE_RECORD=1` to write the file anew.
  @Test("The committed schema is the generated one")
  func committed() throws {
    let file = Self.repository.appendingPathComponent("Documentation/task.schema.json")
    let generated = try TaskSchema.text(optimizers: Catalog.all)
    if ProcessInfo.processInfo.environment["HONE_RECORD"] == "1" {
      try Data(generated.utf8).write(to: file)
    }
    let same = try String(contentsOf: file, encoding: .utf8) == generated
    #expect(same, "run the tests with HONE_RECORD=1 to write Documentation/task.schema.json anew")
  }

  @Test("Good task files are valid", arguments: ["full.yaml", "short.yaml", "short.json"])
  func goodFiles(name: String) throws {
    let url = try #require(fixtures).appendingPathComponent(name)
    let bytes = [UInt8](try Data(contentsOf: url))
    #expect(try problems(bytes, isJSON: name.hasSuffix("json")) == [])
  }

  @Test("The examples' task files are valid and load")
  func examples() throws {
    let folder = Self.repository.appendingPathComponent("Examples", isDirectory: true)
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    )
    .compactMap { $0 as? URL }.filter { $0.lastPathComponent == "task.yaml" }
    #expect(!files.isEmpty)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: file))
      #expect(try problems(bytes, optimizers: Catalog.all) == [], "\(file.path)")
      #expect(throws: Never.self) { try TaskFile.load(file, optimizers: Catalog.all) }
    }
  }

  @Test("The example in the documentation is valid")
  func documentation() throws {
    let file = Self.repository.appendingPathComponent("Documentation/task-file.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let parts = text.components(separatedBy: "```")
    let example = try #require(parts.first { $0.hasPrefix("yaml\n") })
    #expect(try problems(Array(example.dropFirst(5).utf8), optimizers: Catalog.all) == [])
  }

  @Test("Every key the reader knows is described in the documentation")
  func described() throws {
    let file = Self.repository.appendingPathComponent("Documentation/task-file.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let sections = [
      TaskKeys.root, TaskKeys.data, TaskKeys.answer, TaskKeys.prompt, TaskKeys.metric,
      TaskKeys.models, TaskKeys.budget, TaskKeys.generation,
    ]
    for key in sections.flatMap(\.keys) {
      #expect(text.contains("`\(key.name)"), "\(key.name) is missing")
    }
    for word in TaskKeys.answerKinds + TaskKeys.simpleMetrics.map(\.name) {
      #expect(text.contains("`\(word)`"), "\(word) is missing")
    }
  }

  @Test(
    "What the reader refuses by shape, the schema refuses",
    // To JSON Schema 1e3 is a whole number, and whole numbers have no limit.
    arguments: MistakeTests.keyMistakes.filter { !$0.new.hasPrefix("seed:") })
  func badFiles(mistake: Mistake) throws {
    let text = MistakeTests.good.replacingOccurrences(of: mistake.old, with: mistake.new)
    #expect(try !problems(Array(text.utf8)).isEmpty)
  }

  @Test("A metric's name is the same in files and in reports")
  func metricNames() {
    for (name, metric) in TaskKeys.simpleMetrics { #expect(metric.name == name) }
  }
}
