// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneRuns
import HoneTesting
import Testing

struct SIMBATests {
  private static let writer: ScriptedModel.Writer = { request throws(ModelError) in
    "<new_prompt>Mind the number.</new_prompt>"
  }

  @Test("Demonstrations are the best courses on rows of the minibatch, for every stage")
  func demonstrations() async throws {
    let optimizer = SIMBA(batch: 8, candidates: 3, steps: 3, demonstrations: 2)
    let loaded = try TwoStageTask.loaded(train: 8, dev: 6, test: 2)
    let (record, requests, _) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    let first = try #require(record.candidates.dropFirst().first)
    let row = try #require(first.lineage.move.split(separator: ":").last)
    let number = try #require(Int(row))
    // Odd rows come out wrong without demonstrations, so the row is an even one.
    #expect(number % 2 == 0)
    #expect(
      first.prompts["kind"]?.demonstrations
        == [Demonstration(fields: ["thing": "thing \(number)"], answer: "kind of \(number)")])
    #expect(first.prompts["colour"]?.demonstrations.first?.fields["kind"] == "kind of \(number)")
    // The seed on dev: 12 requests; then the seed on the minibatch: 16.
    #expect(requests.dropFirst(12).prefix(8).allSatisfy { $0.hasPrefix("kind []") })
    #expect(record.candidates.allSatisfy { $0.demonstrationCount <= 4 })
    // Two demonstrations make the scripted model right everywhere.
    #expect(record.result?.bestDevScore == 1)
  }

  @Test("A rule stands after the instruction, and is asked for with a good and a bad course")
  func rules() async throws {
    let optimizer = SIMBA(batch: 8, candidates: 4, steps: 6, demonstrations: 1)
    let loaded = try TwoStageTask.loaded(train: 8, dev: 6, test: 2)
    let (record, _, asked) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    for request in asked {
      #expect(request.promptText.contains("On one input it went well:"))
      #expect(request.promptText.contains("On the same input it went less well:"))
    }
    for candidate in record.candidates where candidate.lineage.move.hasPrefix("rule for") {
      #expect(candidate.prompts.values.contains { $0.instruction.hasSuffix("\nMind the number.") })
    }
    #expect(record.spend.calls[.optimizer] ?? 0 == asked.count)
  }
}
