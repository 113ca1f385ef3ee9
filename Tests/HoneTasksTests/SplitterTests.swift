// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@testable import HoneTasks

@Suite("Splits")
struct SplitterTests {
  /// Rows with answers by the given numbers, such as `["a": 3]` for three rows answered `a`.
  private func rows(_ counts: KeyValuePairs<String, Int>) -> [Example] {
    counts.flatMap { answer, count in
      (0..<count).map {
        Example(id: "\(answer)\($0)", fields: ["q": "\(answer) \($0)"], references: [answer])
      }
    }
  }

  private func members(_ rows: [Example], _ parts: [Int?]) -> [String: Int?] {
    Dictionary(uniqueKeysWithValues: zip(rows.map(\.id), parts))
  }

  @Test("Parts have their numbers and each answer its share, within one row", arguments: 0..<20)
  func shares(seed: UInt64) {
    let rows = rows(["a": 50, "b": 31, "c": 17, "d": 2, "e": 1])
    let counts = [40, 30, 20]
    let parts = Splitter.parts(of: rows, counts: counts, seed: seed)
    for (part, count) in counts.enumerated() {
      #expect(parts.count { $0 == part } == count)
    }
    #expect(parts.count { $0 == nil } == rows.count - 90)
    for (answer, size) in ["a": 50, "b": 31, "c": 17, "d": 2, "e": 1] {
      for (part, count) in counts.enumerated() {
        let got = zip(rows, parts).count { $0.references == [answer] && $1 == part }
        let share = Double(size * count) / Double(rows.count)
        // The first part is rounded from the exact share; later ones from what it left.
        #expect(abs(Double(got) - share) < (part == 0 ? 1 : 2))
      }
    }
  }

  @Test("Even shares are exact")
  func exact() {
    let rows = rows(["a": 40, "b": 40, "c": 20])
    let parts = Splitter.parts(of: rows, counts: [50, 50], seed: 1)
    for (answer, half) in ["a": 20, "b": 20, "c": 10] {
      #expect(zip(rows, parts).count { $0.references == [answer] && $1 == 0 } == half)
    }
  }

  @Test("The order of the rows does not matter, the seed does")
  func stable() {
    let rows = rows(["a": 20, "b": 15, "c": 1])
    let first = members(rows, Splitter.parts(of: rows, counts: [10, 10, 10], seed: 3))
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<5 {
      let mixed = rows.shuffled(by: &generator)
      #expect(members(mixed, Splitter.parts(of: mixed, counts: [10, 10, 10], seed: 3)) == first)
    }
    #expect(members(rows, Splitter.parts(of: rows, counts: [10, 10, 10], seed: 4)) != first)
  }

  @Test("Rows with the same inputs stay together, whatever their answers", arguments: 0..<10)
  func duplicates(seed: UInt64) {
    var rows = rows(["a": 20, "b": 20])
    for copy in 0..<3 {
      rows.append(Example(id: "copy\(copy)", fields: ["q": "a 1 "], references: ["b"]))
    }
    let parts = Splitter.parts(of: rows, counts: [20, 13, 10], seed: seed)
    // "a 1" is one of the twenty, and its copies differ in white space at the end only.
    let places = rows.indices.filter { ["a 1", "a 1 "].contains(rows[$0].fields["q"]) }
    let together = Set(places.map { parts[$0] })
    #expect(places.count == 4)
    #expect(together.count == 1)
    #expect((0..<3).map { part in parts.count { $0 == part } } == [20, 13, 10])
  }

  @Test("A singleton's part is drawn, not fixed")
  func singletons() {
    let rows = rows(["a": 29, "z": 1])
    let drawn = Set(
      (0..<40).map { seed in
        Splitter.parts(of: rows, counts: [10, 10, 10], seed: UInt64(seed)).last ?? nil
      })
    #expect(drawn.count > 1)
  }
}
