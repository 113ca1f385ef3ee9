// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization
import Testing

@Suite("The sealed test split")
struct SealedExamplesTests {
  private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
  }

  private let rows = [
    Example(id: "1", fields: ["input": "a"], references: ["secret answer"]),
    Example(id: "2", fields: ["input": "b"], references: ["other answer"]),
  ]

  @Test("looking at inputs shows no answer and leaves the seal whole")
  func inputs() {
    let counter = Counter()
    let sealed = SealedExamples(rows) { counter.add() }
    #expect(sealed.count == 2)
    #expect(sealed.inputs.map(\.fields) == rows.map(\.fields))
    #expect(sealed.inputs.allSatisfy { $0.references.isEmpty })
    #expect(counter.value == 0)
  }

  @Test("every opening is counted")
  func opens() {
    let counter = Counter()
    let sealed = SealedExamples(rows) { counter.add() }
    let copy = sealed
    #expect(sealed.open() == rows)
    #expect(copy.open() == rows)
    #expect(counter.value == 2)
  }
}
