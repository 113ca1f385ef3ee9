// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTasks
import Testing

/// A task file made of a good one by one replacement, and what is reported.
struct Mistake: Sendable, CustomTestStringConvertible {
  var old: String
  var new: String
  /// The problems, one a line.
  var expected: String

  init(_ old: String, _ new: String, _ expected: String) {
    self.old = old
    self.new = new
    self.expected = expected
  }

  var testDescription: String { new.isEmpty ? "without \(old)" : new }
}

@Suite("Mistakes in task files")
struct MistakeTests {
  static let good = """
    name: reviews
    description: Tell good reviews from bad ones.
    data:
      file: reviews.csv
      split: {train: 2, dev: 2, test: 2}
    inputs: [text]
    answer:
      field: label
      kind: label
      labels: [good, bad]
    prompt:
      instruction: Good or bad?
      question: "{text}"
    metric: accuracy
    optimizer: gpo
    budget: {calls: 100}
    """

  static let rows = "text,label,id\na,good,1\nb,bad,2\nc,good,3\nd,bad,4\ne,good,5\nf,bad,6\n"

  static func problems(_ text: String, rows: String = rows) throws -> [String] {
    try TaskFolder(["task.yaml": text, "reviews.csv": rows]).problems()
  }

  @Test("The file that mistakes are made in has none itself")
  func base() throws {
    #expect(try Self.problems(Self.good) == [])
  }

  @Test(
    "Each mistake is told with its place, what is required and the nearest word",
    arguments: keyMistakes + answerMistakes + promptMistakes + dataMistakes + metricMistakes
      + yamlMistakes)
  func replaced(mistake: Mistake) throws {
    let text = Self.good.replacingOccurrences(of: mistake.old, with: mistake.new)
    #expect(text != Self.good, "the good file does not hold what is replaced")
    #expect(try Self.problems(text).joined(separator: "\n") == mistake.expected)
  }

  @Test("All mistakes of a file and its data are told at once, in the order of lines")
  func together() throws {
    let text = """
      name: a/b
      data: {file: reviews.csv}
      inputs: [txt]
      answr: {}
      answer: {field: label, kind: lable}
      prompt: {instruction: x, question: "{text} {"}
      budget: {time: 30}
      seed: -1
      """
    #expect(
      try Self.problems(text, rows: "text,label\n,\n\"a,b\n") == [
        "task.yaml:1:7: name: must be at most 100 letters, digits, -, _ and . and not begin with a "
          + "dot, not the text \"a/b\"",
        "task.yaml:3:10: inputs[0]: reviews.csv has no field \"txt\"; did you mean \"text\"?",
        "task.yaml:4:1: unknown key \"answr\"; did you mean \"answer\"?",
        "task.yaml:5:30: answer.kind: must be one of choice, label, yes-no, true-false, "
          + "valid-invalid, number, exact-text, word-list, brackets, free-text, json, not the text "
          + "\"lable\"; did you mean \"label\"?",
        "task.yaml:6:36: prompt.question: a \"{\" before \"\" has no \"}\"; write {{ for a plain "
          + "brace",
        "task.yaml:7:16: budget.time: must be a time with units, such as 90s, 30m, 2h or 1h 30m, "
          + "not 30",
        "task.yaml:8:7: seed: must be a whole number from 0, not -1",
        "reviews.csv:3: a quoted field is not closed; write a quote within a quoted field twice",
      ])
  }

  @Test("At most 100 problems of a file are listed and the others counted")
  func capped() throws {
    let keys = (1...120).map { "zzzzzzzzzzz\($0): 1" }.joined(separator: "\n")
    let lines = try Self.problems(Self.good + "\n" + keys)
    #expect(lines.count == 101)
    #expect(lines.last == "and 20 more")
  }

  @Test("A file that is not there or is no text says so", arguments: [true, false])
  func noFile(isFolder: Bool) throws {
    let folder = try TaskFolder()
    if isFolder {
      try FileManager.default.createDirectory(
        at: folder.url.appendingPathComponent("task.yaml"), withIntermediateDirectories: false)
    }
    let message =
      isFolder ? "task.yaml is a folder, not a file" : "there is no file task.yaml"
    #expect(folder.problems() == ["task.yaml:1: \(message); write one with hone init"])
  }
}
