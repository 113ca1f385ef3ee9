// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTasks

/// 5,000 damaged files in all: none may crash a reader, and each problem names a line of the file.
@Suite("Damaged files")
struct MutationTests {
  private func bytes(_ name: String) throws -> [UInt8] {
    let url = try #require(fixtures).appendingPathComponent(name)
    return [UInt8](try Data(contentsOf: url))
  }

  /// The most lines a reader could count, with every break that YAML or Unicode knows.
  private func lineLimit(_ bytes: [UInt8]) -> Int {
    bytes.count { [0x0A, 0x0D, 0xC2, 0xE2].contains($0) } + 2
  }

  private func check(_ list: ProblemList, of bytes: [UInt8]) {
    let limit = lineLimit(bytes)
    for problem in list.problems {
      let isPlaced = (1...limit).contains(problem.line) && problem.column ?? 1 >= 1
      #expect(
        isPlaced && !problem.message.isEmpty, "\(problem) in \(Data(bytes).base64EncodedString())")
    }
  }

  @Test("Task files", arguments: ["full.yaml", "short.yaml", "short.json"])
  func taskFiles(name: String) throws {
    let original = try bytes(name)
    var mutation = Mutation(seed: 1)
    var good = 0
    for _ in 0..<(name == "full.yaml" ? 1000 : 500) {
      let bytes = mutation.of(original)
      var list = ProblemList(file: name)
      let root = TaskFile.root(of: bytes, isJSON: name.hasSuffix("json"), into: &list)
      #expect((root == nil) != list.isEmpty)
      if let root {
        var reading = TaskReading(root: root, optimizers: [.gpoForTests], problems: list)
        let task = reading.task()
        #expect((task == nil) != reading.problems.isEmpty)
        list = reading.problems
        good += list.isEmpty ? 1 : 0
      }
      check(list, of: bytes)
    }
    // Damage to a text leaves a good file, so a reader that refuses everything fails here.
    #expect(good > 10)
  }

  @Test(
    "Data files",
    arguments: [
      ("reviews.jsonl", DataFormat.jsonl, 1500), ("reviews.csv", .csv, 900),
      ("reviews.tsv", .tsv, 300), ("reviews.json", .json, 300),
    ])
  func dataFiles(name: String, format: DataFormat, count: Int) throws {
    let original = try bytes(name)
    var mutation = Mutation(seed: 2)
    var rowsRead = 0
    for _ in 0..<count {
      let bytes = mutation.of(original)
      var list = ProblemList(file: name, limit: DataTable.maximumProblems)
      let rows = DataTable.rows(bytes, format: format, into: &list)
      var builder = ExampleBuilder(
        inputs: ["text"], answerField: "label", kind: .label(["good", "bad"]), idField: nil,
        filePrefix: name)
      let examples = builder.examples(rows, into: &list)
      #expect(!list.isEmpty || examples.count == rows.count)
      #expect(!list.isEmpty || !rows.isEmpty)
      rowsRead += examples.count
      check(list, of: bytes)
    }
    #expect(rowsRead > count)
  }

  @Test("Whole loads of damaged data stop with problems or give a task")
  func loads() throws {
    let original = try bytes("reviews.jsonl")
    let folder = try TaskFolder([
      "task.yaml": String(decoding: try bytes("short.yaml"), as: UTF8.self)
    ])
    let file = folder.url.appendingPathComponent("reviews.jsonl")
    var mutation = Mutation(seed: 3)
    for _ in 0..<100 {
      let bytes = mutation.of(original)
      try Data(bytes).write(to: file)
      do throws(TaskFileProblems) {
        let splits = try folder.load().splits
        #expect(splits.train.count == 4 && splits.dev.count == 4 && splits.test.count == 4)
      } catch {
        #expect(!error.problems.isEmpty)
      }
    }
  }
}

@Suite("Hostile files")
struct HostileFileTests {
  private func problems(_ text: String, isJSON: Bool = false) -> [String] {
    var list = ProblemList(file: "f")
    if let root = TaskFile.root(of: Array(text.utf8), isJSON: isJSON, into: &list) {
      var reading = TaskReading(root: root, optimizers: [], problems: list)
      _ = reading.task()
      list = reading.problems
    }
    return list.problems.map(\.description)
  }

  @Test("Aliases that would unfold to billions of nodes are refused, in keys too")
  func aliases() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(problems(text).first?.contains("not supported") == true)
    let key = "? &a [x, x]\n: 1\n? &b [*a, *a]\n: 2\n? *b\n: 3\n"
    #expect(problems(key).first?.contains("not supported") == true)
  }

  @Test(
    "Deep nesting is refused",
    arguments: [
      String(repeating: "[", count: 200_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
      String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    ])
  func depth(text: String) {
    #expect(problems(text).count == 1)
    #expect(!problems(text, isJSON: true).isEmpty)
  }

  @Test("A file of more than 1 MB is refused")
  func size() {
    #expect(
      problems(String(repeating: " ", count: 1_048_577)) == [
        "f:1: the file has 1048577 bytes; a task file may have at most 1 MB; put rows into a data "
          + "file"
      ])
  }

  @Test("Bytes that are no text are told with their line")
  func bytes() {
    var list = ProblemList(file: "f")
    _ = TaskFile.root(of: Array("a: 1\nb: ".utf8) + [0xFF], isJSON: false, into: &list)
    _ = TaskFile.root(of: Array("a: 1\n\nb: ".utf8) + [0], isJSON: false, into: &list)
    #expect(
      list.problems.map(\.description) == [
        "f:2: the text is not valid UTF-8; save it as UTF-8",
        "f:3: a NUL byte stands in the text; save it as UTF-8",
      ])
    #expect(problems("") == ["f:1: the file is empty; write one with hone init"])
    #expect(problems("# only a comment\n") == problems(""))
  }

  @Test("Texts keep their ampersands and stars")
  func ampersands() {
    var list = ProblemList(file: "f")
    let text = "a: R&D & more\nb: |\n  &x *y*\nc: \"&z\"\nd: '*w'\ne: x\u{E000}&\n"
    let root = YAMLDocument.read(text, into: &list)
    #expect(list.isEmpty)
    let values = ["a", "b", "c", "d", "e"].map { root?[$0]?.text }
    #expect(values == ["R&D & more", "&x *y*\n", "&z", "*w", "x\u{E000}&"])
  }
}
