// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Seeded chance and stable hashes")
struct SeededGeneratorTests {
  @Test(
    "the sequence is SplitMix64's",
    arguments: [
      (0, [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]),
      (
        1_234_567,
        [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
      ),
    ] as [(UInt64, [UInt64])])
  func splitMix(seed: UInt64, values: [UInt64]) {
    var generator = SeededGenerator(seed: seed)
    #expect(values.indices.map { _ in generator.next() } == values)
  }

  @Test("streams of one seed differ, and are the same each time")
  func streams() {
    var a = SeededGenerator(seed: 1, stream: "a")
    var again = SeededGenerator(seed: 1, stream: "a")
    var b = SeededGenerator(seed: 1, stream: "b")
    let first = (0..<4).map { _ in a.next() }
    #expect(first == (0..<4).map { _ in again.next() })
    #expect(first != (0..<4).map { _ in b.next() })
  }

  @Test("indices fall below the bound, each about as often")
  func indices() {
    var generator = SeededGenerator(seed: 2)
    var counts = [Int](repeating: 0, count: 5)
    for _ in 0..<5000 { counts[generator.nextIndex(below: 5)] += 1 }
    #expect(counts.allSatisfy { (880...1120).contains($0) })
    #expect(generator.nextIndex(below: 0) == 0)
    #expect(generator.nextIndex(below: -3) == 0)
    #expect(generator.nextIndex(below: 1) == 0)
  }

  @Test("unit numbers lie from 0 to below 1")
  func unit() {
    var generator = SeededGenerator(seed: 3)
    let values = (0..<2000).map { _ in generator.nextUnit() }
    #expect(values.allSatisfy { (0..<1).contains($0) })
    #expect(abs(values.reduce(0, +) / 2000 - 0.5) < 0.03)
  }

  @Test("shuffling keeps the elements and reaches every order")
  func shuffles() {
    var generator = SeededGenerator(seed: 4)
    var orders: Set<[Int]> = []
    for _ in 0..<200 {
      let order = [1, 2, 3].shuffled(by: &generator)
      #expect(order.sorted() == [1, 2, 3])
      orders.insert(order)
    }
    #expect(orders.count == 6)
    #expect([Int]().shuffled(by: &generator) == [])
  }

  @Test("weighted draws follow the weights and pass over what is not positive")
  func weights() {
    var generator = SeededGenerator(seed: 5)
    var counts = [0, 0, 0, 0]
    for _ in 0..<4000 {
      if let index = [Int].drawnIndex(weights: [1, 0, -2, 3], by: &generator) {
        counts[index] += 1
      }
    }
    #expect(counts[1] == 0 && counts[2] == 0)
    #expect((880...1120).contains(counts[0]))
    for weights in [[], [0, 0], [-1], [.nan], [.infinity]] as [[Double]] {
      #expect([Int].drawnIndex(weights: weights, by: &generator) == nil)
    }
    #expect([Int]().drawn(by: &generator) == nil)
  }

  @Test(
    "the hash is FNV-1a's",
    arguments: [
      ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
    ])
  func hash(text: String, hex: String) {
    #expect(StableHash.hex(text) == hex)
  }
}
