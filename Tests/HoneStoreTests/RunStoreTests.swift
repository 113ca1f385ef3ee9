// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore
import Testing

@Suite struct RunStoreTests {
  let fixture: StoreFixture

  init() throws {
    fixture = try StoreFixture()
  }

  @Test func `What a run is made of comes back as it was`() throws {
    _ = try fixture.create()
    let store = try RunStore.open(fixture.folder)
    let header = try store.header()
    let written = try StoreFixture.header(test: [StoreFixture.example(9)])
    #expect(header.task == written.task)
    #expect(header.models == written.models)
    #expect(header.started == written.started)
    #expect(header.version == HoneVersion.current)
    #expect(try SealedExamples(archive: header.sealedTest).open() == [StoreFixture.example(9)])
    #expect(try store.examples(of: .train) == [StoreFixture.example(1)])
    #expect(try store.examples(of: .dev) == [2, 3].map(StoreFixture.example))
    #expect(try store.examples(of: .test).isEmpty)
  }

  @Test func `Calls are found at once and after the file is opened again`() throws {
    var store: RunStore? = try fixture.create()
    let entry = try StoreFixture.entry("a", response: "{\"text\":\"é 😀\"}")
    try store?.record(entry)
    let missing = try StoreFixture.key("b")
    #expect(try store?.calls([entry.key, missing]) == [entry.key: entry])
    try store?.flush()
    #expect(try store?.calls([entry.key]) == [entry.key: entry])
    store = nil
    let again = try RunStore.open(fixture.folder)
    #expect(try again.calls([entry.key, missing]) == [entry.key: entry])
    #expect(try again.journalCount() == 1)
  }

  @Test func `The latest of equal calls counts, and failures up to a barrier do not`() throws {
    let store = try fixture.create()
    let failure = try StoreFixture.entry("a", response: "{}", failed: true)
    try store.record(failure)
    try store.flush()
    let barrier = try store.lastSequence()
    #expect(try store.calls([failure.key]) == [failure.key: failure])
    #expect(try store.calls([failure.key], retriedUpTo: barrier).isEmpty)
    let success = try StoreFixture.entry("a", response: "[]")
    try store.record(success)
    try store.flush()
    #expect(try store.calls([failure.key], retriedUpTo: barrier) == [failure.key: success])
    #expect(try store.calls([failure.key], until: barrier) == [failure.key: failure])
  }

  @Test func `Many calls are written in order without a flush for each`() throws {
    let store = try fixture.create()
    for number in 0..<1000 { try store.record(StoreFixture.entry("\(number)")) }
    try store.flush()
    #expect(try store.journalCount() == 1000)
    let keys = try (0..<1000).map { try StoreFixture.key("\($0)") }
    #expect(try store.calls(keys).count == 1000)
  }

  @Test func `Candidates keep the order they came in and their first lineage`() throws {
    let store = try fixture.create()
    let seed = Candidate(seedOf: try store.header().task.program)
    let child = seed.child(instruction: "other", move: "m", step: 2, otherParents: ["p"])
    let same = seed.child(instruction: "other", move: "later", step: 5)
    for candidate in [seed, child, same, seed] { try store.record(candidate) }
    try store.flush()
    #expect(try store.candidates() == [seed, child])
  }

  @Test func `An outcome replaces an earlier one of the same example`() throws {
    let store = try fixture.create()
    func result(_ outcome: Outcome) -> ExampleResult {
      ExampleResult(example: "data:2", response: "yes", answer: "yes", outcome: outcome)
    }
    let failed = result(.failed(ModelError(.unavailable, "gone")))
    try store.record([failed], of: "c")
    try store.flush()
    #expect(try store.outcomes(of: "c", on: .dev) == [failed])
    let scored = result(.scored(Score(1, feedback: "good")))
    try store.record([scored], of: "c")
    try store.flush()
    #expect(try store.outcomes(of: "c", on: .dev) == [scored])
    #expect(try store.outcomes(of: "c", on: .train).isEmpty)
  }

  @Test func `A story that goes another way loses what came later`() throws {
    let store = try fixture.create()
    func event(_ text: String) -> TimedEvent {
      TimedEvent(seconds: 1, calls: 2, event: .note(text))
    }
    for (position, text) in ["a", "b", "c"].enumerated() {
      try store.record(event(text), at: position)
    }
    try store.record(event("B"), at: 1)
    try store.flush()
    #expect(try store.events() == ["a", "B"].map(event))
  }

  @Test func `A decision knows the calls before it`() throws {
    let store = try fixture.create()
    try store.record(StoreFixture.entry("a"))
    try store.record(decision: "time-up-1", 2.5)
    try store.record(StoreFixture.entry("b"))
    let found = try store.decision("time-up-1", as: Double.self)
    #expect(found?.value == 2.5)
    #expect(found?.after == 1)
    #expect(try store.decision("time-up-2", as: Double.self) == nil)
  }

  @Test func `Two holders of one run are refused, and a lock ends with its holder`() throws {
    var store: RunStore? = try fixture.create()
    #expect(RunFolder(fixture.folder).process == ProcessInfo.processInfo.processIdentifier)
    let error = #expect(throws: StoreError.self) { try RunStore.open(fixture.folder) }
    #expect(
      error?.description.contains("pid \(ProcessInfo.processInfo.processIdentifier)") == true)
    withExtendedLifetime(store) {}
    store = nil
    #expect(RunFolder(fixture.folder).process == nil)
    _ = try RunStore.open(fixture.folder)
  }
}
