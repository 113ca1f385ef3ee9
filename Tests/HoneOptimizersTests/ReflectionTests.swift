// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import Testing

struct ReflectionTests {
  private func gather(
    right: Int, batch: [Example] = examples(10),
    write: @escaping @Sendable (GenerationRequest) -> Result<Generation, ModelError> = { _ in
      reply(" It is vague. ")
    }
  ) async throws -> (CurrentPromptFacts, LandscapeSession) {
    let task = try task()
    let session = LandscapeSession(
      task: task, write: write,
      answer: { _, row in
        (Int(row.id.drop { !$0.isNumber }) ?? 0) < right ? row.references[0] : "no idea"
      })
    let facts = try await PromptPerformanceReflection().gather(
      on: scored("Judge it.", 0.5, task: task), batch: batch, step: 4, in: session)
    return (facts, session)
  }

  @Test("The wrong rows alone are shown, with what was answered and what was expected")
  func wrongRows() async throws {
    let (facts, session) = try await gather(right: 8)
    #expect(facts.reflection == "It is vague.")
    #expect(facts.score == 0.5)
    #expect(session.calls == 11)
    let text = GridScript.text(of: try #require(session.requests.first))
    #expect(text.components(separatedBy: "Answer given: no idea").count == 3)
    #expect(text.contains("the 8th thing") && text.contains("the 9th thing"))
    #expect(!text.contains("the 7th thing"))
    #expect(session.requests[0].temperature == 0)
  }

  @Test("Without a wrong row nothing is asked and a note says so")
  func allRight() async throws {
    let (facts, session) = try await gather(right: 10)
    #expect(facts.reflection == nil)
    #expect(session.requests.isEmpty)
    #expect(facts.note?.contains("Step 4: no training row") == true)
  }

  @Test("A failed call leaves no reflection and a note with the reason")
  func failure() async throws {
    let (facts, _) = try await gather(right: 0) { _ in .failure(ModelError(.unavailable, "gone")) }
    #expect(facts.reflection == nil)
    #expect(facts.note == "Step 4: the reflection failed (gone).")
  }

  @Test("Batches go through the training rows in their order, epoch by epoch")
  func batches() {
    let search = GPO(epochs: 2, batch: 8).search
    let rows = examples(20)
    let ids = (1...6).map { step in search.batchRows(step: step, of: rows).map(\.id) }
    #expect(ids[0] == (0..<8).map { "rows:\($0)" })
    #expect(ids[2] == (16..<20).map { "rows:\($0)" })
    #expect(Array(ids[3...]) == Array(ids[..<3]))
    #expect(search.batchRows(step: 1, of: examples(3)).count == 3)
    #expect(search.batchRows(step: 2, of: []).isEmpty)
  }

  @Test(
    "What a step may cost counts reflections, summaries, vectors and what a selection spares",
    arguments: [
      // 8 candidates × (10 rows × 2 + 1) = 168; a batch of 8 × 2, and a call for each reading.
      (["trajectory": .string("none")], 168),
      ([:], 169),
      (["direction": .string("reflection")], 169 + 17),
      (["direction": .string("reflection"), "next-prompt": .string("beam")], 168 + 4 * 18),
      (["trajectory": .string("summary"), "next-prompt": .string("beam")], 169),
      // A third of 80 evaluations, and the winner's ten rows.
      (["trajectory": .string("none"), "selection": .string("ucb")], (27 + 10) * 2 + 8),
      (
        [
          "trajectory": .string("none"), "selection": .string("ucb"),
          "selection-evaluations": .number(79),
        ], 168
      ),
    ] as [([String: JSONValue], Int)])
  func costs(settings: [String: JSONValue], calls: Int) throws {
    let choice = OptimizerChoice(name: "gpo", settings: settings)
    let search = try #require(Catalog.searchAlone(choice) as? GPO).search
    #expect(search.callsPerStep(for: TaskFacts(train: 48, dev: 10, callsPerExample: 2)) == calls)
  }

  @Test(
    "A search that spares rows still returns a prompt scored on all of dev",
    arguments: ["ucb", "ucb-e", "successive-rejects", "successive-halving"])
  func spared(selection: String) async throws {
    let script = GridScript()
    let session = try script.session()
    let choice = OptimizerChoice(
      name: "gpo",
      settings: [
        "selection": .string(selection), "candidates": .number(6), "epochs": .number(1),
        "next-prompt": .string("beam"), "beam": .number(2), "selection-evaluations": .number(30),
      ])
    let result = try await Catalog.make(choice).optimize(in: session)
    let full = session.events.contains { event in
      guard case .evaluated(let id, .dev, let score, 10, _) = event else { return false }
      return id == result.best.id && score == result.devScore
    }
    #expect(full)
    #expect(try #require(result.devScore) >= 0.7)
    let partial = session.events.contains { event in
      guard case .evaluated(_, .dev, _, let rows, _) = event else { return false }
      return rows < 10
    }
    #expect(partial)
  }
}
