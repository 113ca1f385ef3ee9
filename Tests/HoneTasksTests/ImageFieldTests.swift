// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTasks

@Suite("Images and schemas in task files")
struct ImageFieldTests {
  private static let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7])

  private func folder(
    inputs: String = "photo, hint", images: String = "photo", more: String = "",
    answer: String = "field: a, kind: exact-text", rows: [String]? = nil
  ) throws -> TaskFolder {
    let usual = (1...3).map { #"{"photo": "p\#($0).png", "hint": "h\#($0)", "a": "cat"}"# }
    let folder = try TaskFolder([
      "task.yaml": """
      name: t
      data: {file: d.jsonl, images: [\(images)], split: {train: 1, dev: 1, test: 1}}
      inputs: [\(inputs)]
      answer: {\(answer)}
      prompt: {instruction: Which animal is it?\(more)}
      """,
      "d.jsonl": (rows ?? usual).joined(separator: "\n"),
    ])
    for number in 1...3 {
      try (Self.png + Data([UInt8(number)])).write(
        to: folder.url.appendingPathComponent("p\(number).png"))
    }
    return folder
  }

  @Test("An image is read beside the data file, and its path is not part of the question")
  func images() throws {
    let loaded = try folder().load()
    let rows = (loaded.splits.train + loaded.splits.dev + loaded.splits.test.open())
      .sorted { $0.id < $1.id }
    #expect(rows.map { $0.images?.map(\.mediaType) } == [[.png], [.png], [.png]])
    #expect(rows.map { $0.images?.first?.data.last } == [1, 2, 3])
    #expect(loaded.splits.test.inputs.allSatisfy { $0.images?.count == 1 })
    let prompt = try #require(loaded.task.program.stages.first?.prompt)
    let input = try prompt.render(rows[0].fields)
    #expect(input == .chat([Message(.user, "Which animal is it?\n\nh1")]))
  }

  @Test("A task may show images alone")
  func imagesAlone() throws {
    let loaded = try folder(inputs: "photo").load()
    let prompt = try #require(loaded.task.program.stages.first?.prompt)
    let row = try #require(loaded.splits.dev.first)
    #expect(try prompt.render(row.fields) == .chat([Message(.user, "Which animal is it?")]))
  }

  @Test("Images that cannot be shown are told with their rows")
  func mistakes() throws {
    let folder = try folder(rows: [
      #"{"photo": "none.png", "hint": "h", "a": "cat"}"#,
      #"{"photo": "d.jsonl", "hint": "i", "a": "cat"}"#,
      #"{"photo": "big.png", "hint": "j", "a": "cat"}"#,
    ])
    try (Self.png + Data(count: 5 << 20)).write(to: folder.url.appendingPathComponent("big.png"))
    let problems = folder.problems()
    #expect(problems.count == 3)
    #expect(problems.first?.hasPrefix("d.jsonl:1: photo: there is no file none.png") == true)
    #expect(problems.contains("d.jsonl:2: photo: d.jsonl is no PNG, JPEG, WebP or GIF image"))
    #expect(
      problems.last
        == "d.jsonl:3: photo: big.png has 5242889 bytes, and an image at most 5242880; shrink it")
  }

  @Test(
    "Images where none can be shown are refused",
    arguments: [
      ("photo, hint", "foto", "", "field: a, kind: exact-text", "is no input"),
      (
        "photo, hint", "photo", ", layout: raw, template: '{instruction} {hint}'",
        "field: a, kind: exact-text", "needs a chat"
      ),
      (
        "photo, hint", "photo", "", "field: a, kind: label, labels: [cat, dog], choose: likelihood",
        "cannot go with choose: likelihood"
      ),
    ])
  func refused(inputs: String, images: String, more: String, answer: String, words: String) throws {
    let folder = try folder(inputs: inputs, images: images, more: more, answer: answer)
    let problems = folder.problems()
    #expect(problems.count == 1)
    #expect(problems.first?.contains("data.images") == true)
    #expect(problems.first?.contains(words) == true, "\(problems)")
  }

  @Test("A schema keeps its numbers, truth values and texts apart")
  func schema() throws {
    let folder = try TaskFolder([
      "task.yaml": """
      name: t
      data: {file: d.jsonl, split: {train: 1, dev: 1, test: 1}}
      inputs: [q]
      answer: {field: a, kind: json}
      prompt: x
      generation:
        schema:
          type: object
          properties: {n: {type: integer, minimum: 1, enum: [1, "2"]}}
          additionalProperties: false
      """,
      "d.jsonl": (1...3).map { #"{"q": "\#($0)", "a": {"n": 1}}"# }.joined(separator: "\n"),
    ])
    let schema = try folder.load().task.generation.schema
    #expect(
      schema
        == .object([
          "type": .string("object"), "additionalProperties": .bool(false),
          "properties": .object([
            "n": .object([
              "type": .string("integer"), "minimum": .number(1),
              "enum": .array([.number(1), .string("2")]),
            ])
          ]),
        ]))
    try folder.write("bad.yaml", "name: t\ngeneration: {schema: none}\n")
    #expect(
      folder.problems("bad.yaml").contains {
        $0.contains("generation.schema: must be a mapping, such as a JSON Schema")
      })
  }
}
