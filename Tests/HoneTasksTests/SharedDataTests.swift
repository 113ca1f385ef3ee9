// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTasks
import Testing

enum SharedData {
  static let folder = SchemaTests.repository.deletingLastPathComponent()
    .appendingPathComponent("shared/data", isDirectory: true)
  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
}

/// Real data sets, where the folder with them lies beside the repository.
@Suite("Shared data sets", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct SharedDataTests {
  private func copy(_ name: String) throws -> TaskFolder {
    let folder = try TaskFolder()
    for part in ["train", "eval", "test"] {
      let url = SharedData.folder.appendingPathComponent("\(name)/\(part).jsonl")
      try Data(contentsOf: url).write(to: folder.url.appendingPathComponent("\(part).jsonl"))
    }
    return folder
  }

  @Test(
    "A task file made from the training rows loads with the three files",
    arguments: [
      ("classification/sst2", [100, 100, 400], AnswerKind.label(["positive", "negative"])),
      ("classification/agnews", [100, 100, 400], .label(["Business", "Sports", "Tech", "World"])),
      ("bbh/sports_understanding", [48, 48, 144], .yesNo),
    ])
  func load(name: String, counts: [Int], kind: AnswerKind) throws {
    let folder = try copy(name)
    let template = try TaskTemplate(dataFile: folder.url.appendingPathComponent("train.jsonl"))
    let own = template.text()
    try folder.write("own.yaml", own)
    #expect(try folder.load("own.yaml").task.inputFields == ["input"])
    let three = own.replacingOccurrences(
      of: "  file: train.jsonl\n",
      with: "  train: train.jsonl\n  dev: eval.jsonl\n  test: test.jsonl\n"
    ).replacingOccurrences(of: "  split: {train: 40%, dev: 30%, test: 30%}\n", with: "")
    try folder.write("task.yaml", three)
    let loaded = try folder.load()
    let splits = loaded.splits
    #expect([splits.train.count, splits.dev.count, splits.test.count] == counts)
    #expect(splits.train.first?.id == "train.jsonl:1")
    if case .label(let labels) = kind, case .label(let found) = loaded.task.answer.kind {
      #expect(Set(found) == Set(labels))
    } else {
      #expect(loaded.task.answer.kind == kind)
    }
  }

  @Test("A row without a letter in the multiple-choice data is found")
  func wrongRow() throws {
    let folder = try copy("bbh/movie_recommendation")
    try folder.write(
      "task.yaml",
      """
      name: films
      data: {train: train.jsonl, dev: eval.jsonl, test: test.jsonl}
      inputs: [input]
      answer: {field: target, kind: choice, last: E}
      prompt: Which one?
      """)
    #expect(
      folder.problems() == [
        "test.jsonl:58: target: the answer must be a letter from A to E, not \"Monsters, Inc\""
      ])
  }
}
