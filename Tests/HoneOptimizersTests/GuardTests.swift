// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct GuardTests {
  private static let rows = [
    Example(
      id: "rows:7",
      fields: ["input": "Nobody, not even the dog, could sit through all of it again."],
      references: ["negative"]),
    Example(id: "rows:8", fields: ["input": "so very good indeed"], references: ["positive"]),
    Example(id: "rows:9", fields: ["input": "good"], references: ["positive"]),
  ]

  private static let context = GuardContext(
    parent: "Read {name} and so very good indeed.", seen: ["Seen {name} before."], stepSize: 4,
    train: rows)

  @Test(
    "Every guard turns down with its reason and lets the rest pass",
    arguments: [
      (" \n .", .empty),
      ("Seen {name} before.", .duplicate),
      ("Read and answer.", .placeholders(missing: ["name"], added: [])),
      ("Read {name} and {other}.", .placeholders(missing: [], added: ["other"])),
      ("Read {name} one two three four five six seven eight nine", .tooLong(words: 11, limit: 10)),
      ("{name}: nobody not even the dog could sit through", .copiesExample(id: "rows:7")),
      ("{name}: nobody not even the dog slept", .stepTooLarge(words: 7, limit: 4)),
      // The parent says it already, so it is no copy.
      ("Look: {name} and so very good indeed.", nil),
      ("Read {name} and {not a slot} good.", nil),
    ] as [(String, RejectionReason?)])
  func guards(text: String, reason: RejectionReason?) {
    let guards = GPO(rejectsLargeSteps: true, maxWords: 10).search.guards
    #expect(guards.problem(with: text, in: Self.context) == reason)
  }

  @Test("A short row counts as copied when all of it stands in the text")
  func shortRow() {
    let context = GuardContext(parent: "Think.", train: Self.rows)
    let problem = NoCopiedRows().problem(with: "This is SO VERY good, indeed!", in: context)
    #expect(problem == .copiesExample(id: "rows:8"))
    #expect(NoCopiedRows().problem(with: "This is good.", in: context) == nil)
  }

  @Test("Large steps pass unless they are to be rejected")
  func largeSteps() {
    let context = GuardContext(parent: "a", stepSize: 1)
    #expect(GPO().search.guards.problem(with: "b c d", in: context) == nil)
  }
}
