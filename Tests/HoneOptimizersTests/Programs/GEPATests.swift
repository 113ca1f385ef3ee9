// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneRuns
import HoneTesting
import Testing

@testable import HoneOptimizers

struct GEPATests {
  /// A task model that is right about a colour when the instruction says how colours follow.
  private static let answer: ScriptedModel.Writer = { request throws(ModelError) in
    guard case .chat(let messages) = request.input else { return "no chat" }
    let last = messages.last?.content ?? ""
    let number = Int(last.split { !$0.isNumber }.first ?? "") ?? 0
    guard last.contains("Kind:") else { return "Kind: kind of \(number)" }
    let isRed = number % 4 < 2
    let knows = messages[0].content.contains("by fours")
    return "Colour: " + (isRed == (number % 2 == 0 || knows) ? "red" : "blue")
  }

  /// Writes the rule for the stage that tells colours, and nothing of use for the other.
  private static let writer: ScriptedModel.Writer = { request throws(ModelError) in
    request.promptText.contains("to colour:")
      ? "<new_prompt>Count by fours.</new_prompt>" : "<new_prompt>Name the kind.</new_prompt>"
  }

  private func run() async throws -> (
    record: RunRecord, task: [GenerationRequest], optimizer: [GenerationRequest]
  ) {
    let model = ScriptedModel(writer: Self.answer)
    let large = ScriptedModel(name: "scripted-large", digest: "large", writer: Self.writer)
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      try TwoStageTask.loaded(train: 6, dev: 4, test: 2),
      optimizer: GEPA(rounds: 4, minibatch: 3),
      models: .init(task: model, optimizer: large), in: folder.url)
    return (record, model.generationRequests, large.generationRequests)
  }

  @Test("A rewrite is scored on dev only when it does strictly better on the round's rows")
  func gate() async throws {
    let (record, requests, asked) = try await run()
    // Round 1 rewrites the first stage: no better, so it is not scored on dev.
    #expect(asked.count == 2)
    #expect(asked[0].promptText.contains("from thing to kind:"))
    #expect(asked[1].promptText.contains("from thing, kind to colour:"))
    #expect(
      record.events.contains {
        $0.event == .note("A rewrite of kind was no better on 3 training rows.")
      })
    #expect(record.candidates.map(\.lineage.move) == ["seed", "reflection on colour"])
    #expect(record.result?.best.prompts["colour"]?.instruction == "Count by fours.")
    #expect(record.result?.best.prompts["kind"]?.instruction == "Tell the kind.")
    #expect(record.result?.bestDevScore == 1 && record.result?.end == .perfect)
    // The seed on dev: 8 requests. Round 1: 6 for the parent; the child's second stage is asked the
    // same as the parent's, so only its first is new: 3. Round 2: other rows, both stages, 6; the
    // child's first stage is the parent's, so 3; then 4 for the child's second stage on dev. The
    // test: 4 for the seed and 2 for the best.
    let expected = [8, 6, 3, 6, 3, 4, 4, 2].reduce(0, +)
    #expect(requests.count == expected)
  }

  @Test("The optimizer model reads what the stage read and wrote, the answers and the score")
  func reflection() async throws {
    let asked = try await run().optimizer
    let text = asked[1].promptText
    for part in [
      "kind: kind of", "colour, as written:", "the program's answer:", "the right answer:",
      "score:",
      "Tell the colour.",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("Candidates that lead on some row stay on the front, in proportion to the rows they lead")
  func front() {
    func evaluation(_ id: String, _ values: [Double]) -> Evaluation {
      let results = values.enumerated().map { row, value in
        ExampleResult(
          example: "\(row)", response: "", answer: nil, outcome: .scored(Score(value)))
      }
      return Evaluation(
        candidate: id, results: results, score: values.reduce(0, +) / Double(values.count))
    }
    let front = InstanceFront([
      evaluation("even", [1, 0, 1, 0, 0]), evaluation("twice", [1, 0, 0, 0, 0]),
      evaluation("odd", [0, 1, 0, 1, 0]), evaluation("none", [0, 0, 0, 0, 0]),
    ])
    // The last row is led by all alike; "twice" and "none" lead on nothing of their own.
    #expect(front.leads.map(\.id) == ["even", "odd"])
    #expect(front.leads.map(\.rows) == [3, 3])
  }

  /// Each stage's rewrite is good for rows of its own; both together are good for none.
  private static let torn: ScriptedModel.Writer = { request throws(ModelError) in
    guard case .chat(let messages) = request.input else { return "no chat" }
    let (head, last) = (messages[0].content, messages.last?.content ?? "")
    let number = Int(last.split { !$0.isNumber }.first ?? "") ?? 0
    guard last.contains("Kind:") else {
      return "Kind: \(head.contains("Name the kind") ? "surely" : "maybe") kind of \(number)"
    }
    let right: Set<Int>
    switch (last.contains("surely"), head.contains("by fours")) {
    case (false, false): right = [0]
    case (true, false): right = [1, 2]
    case (false, true): right = [0, 3]
    case (true, true): right = []
    }
    return "Colour: " + ((number % 4 < 2) == right.contains(number % 4) ? "red" : "blue")
  }

  @Test("A merge that does worse than its better parent on some dev rows is not scored on all")
  func merge() async throws {
    let model = ScriptedModel(writer: Self.torn)
    let large = ScriptedModel(name: "scripted-large", digest: "large", writer: Self.writer)
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      try TwoStageTask.loaded(train: 8, dev: 8, test: 1),
      optimizer: GEPA(rounds: 16, minibatch: 8), models: .init(task: model, optimizer: large),
      in: folder.url)
    // Both rewrites led on rows of their own, so they were merged once; the merge took five dev rows.
    #expect(
      record.candidates.map(\.lineage.move).sorted() == [
        "reflection on colour", "reflection on kind", "seed",
      ])
    let refused = record.events.count {
      $0.event == .note("A merge did worse than its better parent on 5 dev rows.")
    }
    #expect(refused == 1)
    #expect(record.result?.bestDevScore == 0.5)
  }
}
