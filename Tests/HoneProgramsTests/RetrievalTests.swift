// SPDX-License-Identifier: Apache-2.0

import Foundation
import HonePrograms
import HoneTesting
import Testing

struct RetrievalTests {
  private let index = BM25Index([
    .init(id: "a", text: "The cat sat on the mat."), .init(id: "b", text: "The dog sat."),
    .init(id: "c", text: "A cat and a cat."), .init(id: "d", text: "Nothing of the kind."),
  ])

  @Test("Passages with the query's words are found, rare and frequent words first")
  func ranking() {
    #expect(index.search("CAT?", count: 5).map(\.passage.id) == ["c", "a"])
    #expect(index.search("the dog", count: 1).map(\.passage.id) == ["b"])
    #expect(index.search("zebra", count: 5).isEmpty)
    #expect(index.search("", count: 5).isEmpty)
    #expect(BM25Index([]).search("cat", count: 5).isEmpty)
  }

  @Test("The score is that of the formula")
  func formula() throws {
    // "dog" stands in 1 of 4 passages, once in 3 words where the mean is 4.5.
    let hit = try #require(index.search("dog", count: 1).first)
    let rarity = log(1 + 3.5 / 1.5)
    let expected = rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 4.5))
    #expect(abs(hit.score - expected) < 1e-12)
  }

  @Test("Files are read line by line, and a row without the text is told with its line")
  func files() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "docs.jsonl")
    try Data("{\"text\": \"red fox\", \"name\": \"x\"}\n{\"text\": \"blue jay\", \"n\": 3}\n".utf8)
      .write(to: url)
    let index = try BM25Index(jsonLines: url, id: "name")
    #expect(index.search("jay fox", count: 3).map(\.passage.id).sorted() == ["2", "x"])
    let error = #expect(throws: PassageFileProblem.self) {
      try BM25Index(jsonLines: url, field: "body")
    }
    #expect(
      error?.description.hasSuffix(
        "docs.jsonl:1: the row has no text \"body\"; there are name, text") == true)
  }
}
