// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTasks
import Testing

@Suite("Rows of a task")
struct RowTests {
  private func task(_ answer: String, data: String = "file: d.jsonl", more: String = "") -> String {
    """
    name: t
    data: {\(data), split: {train: 1, dev: 1, test: 1}}
    inputs: [q]
    answer: {\(answer)}
    prompt: x
    \(more)
    """
  }

  private func examples(_ folder: TaskFolder) throws -> [Example] {
    let splits = try folder.load().splits
    return (splits.train + splits.dev + splits.test.open()).sorted { $0.id < $1.id }
  }

  @Test("A list in the answer field holds acceptable answers; numbers become texts")
  func acceptableAnswers() throws {
    let folder = try TaskFolder([
      "task.yaml": task("field: a, kind: number"),
      "d.jsonl":
        "{\"q\": 7, \"a\": 1.50}\n{\"q\": true, \"a\": [2, \"3\"]}\n{\"q\":\"\",\"a\":\"4\"}\n"
        .replacingOccurrences(of: "\"\"", with: "\"z\""),
    ])
    #expect(
      try examples(folder) == [
        Example(id: "d.jsonl:1", fields: ["q": "7"], references: ["1.50"]),
        Example(id: "d.jsonl:2", fields: ["q": "true"], references: ["2", "3"]),
        Example(id: "d.jsonl:3", fields: ["q": "z"], references: ["4"]),
      ])
  }

  @Test("With kind json, lists and objects are answers as they are written")
  func jsonAnswers() throws {
    let folder = try TaskFolder([
      "task.yaml": task("field: a, kind: json"),
      "d.jsonl": "{\"q\":1,\"a\":[1, 2]}\n{\"q\":2,\"a\":{\"b\": 1}}\n{\"q\":3,\"a\":\"{}\"}\n",
    ])
    #expect(try examples(folder).map(\.references) == [["[1, 2]"], ["{\"b\": 1}"], ["{}"]])
  }

  @Test("Rows may have ids of their own, and a metric without references needs no answers")
  func ids() throws {
    let folder = try TaskFolder([
      "task.yaml": task(
        "kind: free-text", data: "file: d.jsonl, id: key", more: "metric: {length: 5}"),
      "d.jsonl": "{\"q\":1,\"key\":\"a\"}\n{\"q\":2,\"key\":\"b\"}\n{\"q\":3,\"key\":9}\n",
    ])
    #expect(
      try examples(folder) == [
        Example(id: "9", fields: ["q": "3"], references: []),
        Example(id: "a", fields: ["q": "1"], references: []),
        Example(id: "b", fields: ["q": "2"], references: []),
      ])
  }

  @Test("Every mistake in the rows is told with its line")
  func mistakes() throws {
    let folder = try TaskFolder([
      "task.yaml": task("field: a, kind: label, labels: [yes, no]", data: "file: d.jsonl, id: key"),
      "d.jsonl": """
      {"q": "1", "a": "yes", "key": "r"}
      {"qq": "1", "a": "yes", "key": "s"}
      {"q": [1], "a": "no", "key": "t"}
      {"q": null, "a": "no", "key": "u"}
      {"q": " ", "a": "no", "key": "v"}
      {"q": "2", "a": "", "key": "w"}
      {"q": "2", "a": [], "key": "x"}
      {"q": "2", "a": {"b": 1}, "key": "y"}
      {"q": "2", "a": null, "key": "z"}
      {"q": "2", "a": "yess", "key": "r"}
      {"q": "2\\u0000", "a": "yes", "key": " "}
      """,
    ])
    #expect(
      folder.problems() == [
        "d.jsonl:2: the field \"q\" is missing; did you mean \"qq\"?",
        "d.jsonl:3: the field \"q\" must be a text, not a list or an object; write its parts as "
          + "fields of their own",
        "d.jsonl:4: the field \"q\" is null; write a text",
        "d.jsonl:5: every input field is empty; remove the row",
        "d.jsonl:6: a: the answer is empty",
        "d.jsonl:7: the field \"a\" holds no answer",
        "d.jsonl:8: the field \"a\" must be a text or a list of texts, not an object; a JSON answer "
          + "needs kind: json",
        "d.jsonl:9: the field \"a\" is null; write a text",
        "d.jsonl:10: a: the answer \"yess\" is not one of the labels; did you mean \"yes\"?",
        "d.jsonl:10: the id \"r\" also stands in d.jsonl:1; make ids unique, or leave out data.id",
        "d.jsonl:11: the field \"q\" holds a NUL character",
        "d.jsonl:11: the field \"key\" is empty; name the row",
      ])
  }

  @Test("Files of the same name in different folders give rows different ids")
  func samePathEnds() throws {
    let folder = try TaskFolder()
    for name in ["x", "y", "z"] {
      let inner = folder.url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: false)
      try folder.write("\(name)/d.jsonl", "{\"q\":\"\(name)\",\"a\":1}")
    }
    try folder.write(
      "task.yaml",
      """
      name: t
      data: {train: x/d.jsonl, dev: y/d.jsonl, test: z/d.jsonl}
      inputs: [q]
      answer: {field: a, kind: number}
      prompt: x
      """)
    #expect(try examples(folder).map(\.id) == ["x/d.jsonl:1", "y/d.jsonl:1", "z/d.jsonl:1"])
  }

  @Test("Contradicting rows and rows in two files are warned about, the rest counted")
  func warnings() throws {
    let same = (1...7).map { "{\"q\":\"\($0)\",\"a\":1}" }.joined(separator: "\n")
    let folder = try TaskFolder([
      "train.jsonl": same + "\n{\"q\":\"1\",\"a\":2}", "dev.jsonl": same,
      "test.jsonl": "{\"q\":\"9\",\"a\":1}\n{\"q\":\"1 \",\"a\":5}",
      "task.yaml": """
      name: t
      data: {train: train.jsonl, dev: dev.jsonl, test: test.jsonl}
      inputs: [q]
      answer: {field: a, kind: number}
      prompt: x
      """,
    ])
    #expect(
      try folder.load().warnings == [
        "dev: 7 rows have the same inputs as rows of train: dev.jsonl:1 = train.jsonl:1, "
          + "dev.jsonl:2 = train.jsonl:2, dev.jsonl:3 = train.jsonl:3, dev.jsonl:4 = "
          + "train.jsonl:4, dev.jsonl:5 = train.jsonl:5 and 2 more",
        "test: 1 row has the same inputs as rows of train: test.jsonl:2 = train.jsonl:1",
        "test: 1 row has the same inputs as rows of dev: test.jsonl:2 = dev.jsonl:1",
        "rows with the same inputs have different answers: train.jsonl:8 and train.jsonl:1",
      ])
  }

  @Test("A template that ends in white space is warned about")
  func trailingSpace() throws {
    let folder = try TaskFolder([
      "d.jsonl": "{\"q\":1,\"a\":1}\n{\"q\":2,\"a\":2}\n{\"q\":3,\"a\":3}\n",
      "task.yaml": """
      name: t
      data: {file: d.jsonl, split: {train: 1, dev: 1, test: 1}}
      inputs: [q]
      answer: {field: a, kind: number}
      prompt:
        instruction: x
        layout: raw
        template: |
          {q}
          {instruction}
      seed: 1
      """,
    ])
    #expect(
      try folder.load().warnings == [
        "task.yaml:8: prompt.template ends in white space; models continue worse after it, so "
          + "write |- instead of | or remove the space"
      ])
  }
}
