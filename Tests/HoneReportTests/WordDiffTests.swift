// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@testable import HoneReport

@Suite struct WordDiffTests {
  @Test(arguments: [
    ("a b c", "a b c", [WordDiff.Piece.kept("a b c")]),
    ("", "", []),
    ("", "new words", [.added("new words")]),
    ("old words", "", [.removed("old words")]),
    ("a b c", "a x c", [.kept("a"), .removed("b"), .added("x"), .kept("c")]),
    (
      "think step by step", "think hard, step by step",
      [
        .kept("think"), .added("hard,"), .kept("step by step"),
      ]
    ),
    ("a  b\n", "a b", [.kept("a b")]),
    ("one two", "three four", [.removed("one two"), .added("three four")]),
  ])
  func `Pieces are the words that stayed, went and came`(
    old: String, new: String, pieces: [WordDiff.Piece]
  ) {
    #expect(WordDiff(from: old, to: new).pieces == pieces)
  }

  @Test func `The pieces rebuild both texts and the change is the smallest`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let old = (0..<random.nextIndex(below: 12)).map { _ in
        ["a", "b", "c"].drawn(by: &random) ?? ""
      }
      let new = (0..<random.nextIndex(below: 12)).map { _ in
        ["a", "b", "c"].drawn(by: &random) ?? ""
      }
      let diff = WordDiff(from: old.joined(separator: " "), to: new.joined(separator: " "))
      var (before, after): ([String], [String]) = ([], [])
      for piece in diff.pieces {
        switch piece {
        case .kept(let text):
          before += text.split(separator: " ").map(String.init)
          after += text.split(separator: " ").map(String.init)
        case .removed(let text): before += text.split(separator: " ").map(String.init)
        case .added(let text): after += text.split(separator: " ").map(String.init)
        }
      }
      #expect(before == old)
      #expect(after == new)
      let common = Self.commonLength(old[...], new[...])
      #expect(diff.removedWords == old.count - common)
      #expect(diff.addedWords == new.count - common)
    }
  }

  /// The length of the longest common subsequence, by the plain recursion row by row.
  private static func commonLength(_ old: ArraySlice<String>, _ new: ArraySlice<String>) -> Int {
    var row = [Int](repeating: 0, count: new.count + 1)
    for word in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = row[index + 1]
        row[index + 1] = word == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[new.count]
  }
}
