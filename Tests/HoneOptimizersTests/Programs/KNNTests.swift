// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import HoneRuns
import HoneTesting
import Testing

/// Demonstrations chosen for each example, and the exact requests that follow from it.
struct KNNTests {
  /// Things with near numbers are near to each other.
  private static let embedder: ScriptedModel.Embedder = { text throws(ModelError) in
    let angle = Float(text.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) / 20
    return [cos(angle), sin(angle)]
  }

  private func run(
    _ optimizer: any Optimizer, budget: Budget = Budget()
  ) async throws -> (record: RunRecord, model: ScriptedModel, embedder: ScriptedModel) {
    let model = ScriptedModel(writer: TwoStageTask.answer)
    let embedder = ScriptedModel(
      name: "vectors", digest: "vectors", embedder: Self.embedder
    ) { _ throws(ModelError) in "" }
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      try TwoStageTask.loaded(train: 4, dev: 2, test: 1, budget: budget), optimizer: optimizer,
      models: ModelSet(task: model, embedder: embedder), in: folder.url)
    return (record, model, embedder)
  }

  @Test("Each example is shown the rows nearest to it, the nearest next to the question")
  func labelled() async throws {
    let (record, model, embedder) = try await run(KNNFewShot(shown: 2))
    #expect(
      model.generationRequests.map(TwoStageTask.line) == [
        "kind [] 5", "kind [] 6", "colour [] 5", "colour [] 6",
        // Labelled rows have nothing to show the first stage.
        "colour [3?>blue 4?>red] 5", "colour [3?>blue 4?>red] 6",
        "kind [] 7", "colour [] 7", "colour [3?>blue 4?>red] 7",
      ])
    // Four rows of the pool, two of dev, one of test: each text once.
    #expect(embedder.calls == 7)
    #expect(record.spend.calls[.embedder] == 7)
    #expect(record.result?.bestDevScore == 1 && record.result?.seedDevScore == 0.5)
    let nearest = try #require(record.result?.best.prompts["colour"]?.nearest)
    #expect(nearest.count == 2 && nearest.keys == ["thing 1", "thing 2", "thing 3", "thing 4"])
    // What was shown is kept, so the messages can be told again without the embedder.
    let shown = try EvaluatedMessages(record).inputs.compactMap(\.messages)
    let sent = model.generationRequests.compactMap { request -> [Message]? in
      if case .chat(let messages) = request.input { messages } else { nil }
    }
    #expect(shown.count == 2 && shown.allSatisfy(sent.contains))
    #expect(shown.last == sent.last)
  }

  @Test("Rows that the program got right show every stage what it did")
  func taught() async throws {
    let (record, model, _) = try await run(KNNFewShot(shown: 1))
    let lines = model.generationRequests.map(TwoStageTask.line)
    // With one demonstration only even rows come out right: 2 and 4. Row 4 is the nearest of those
    // to all, for the first stage; for the second, 4 is the nearest of all rows.
    #expect(lines.contains("kind [4>4] 5") && lines.contains("kind [4>4] 6"))
    #expect(lines.contains("colour [4>red] 5") && lines.contains("colour [4>red] 6"))
    // It is no better than the seed, which is kept.
    #expect(record.result?.best.lineage == .seed)
    let moves = record.candidates.map(\.lineage.move)
    #expect(
      moves == [
        "seed", "the 1 nearest of 4 labelled rows", "the 1 nearest of 4 rows, 2 taught",
      ])
  }

  @Test("A row is never shown to itself, and rows without a vector are passed over")
  func itself() {
    func vector(_ angle: Float) -> Embedding {
      Embedding(values: [cos(angle), sin(angle)], usage: Usage())
    }
    let choice = NearestDemonstrations(count: 2, keys: ["a", "b", "c", "d"])
    let vectors = ["a": vector(0), "b": vector(0.1), "d": vector(0.5)]
    #expect(choice.places(near: "x", vector(0.2), vectors: vectors) == [0, 1])
    #expect(choice.places(near: "b", vector(0.1), vectors: vectors) == [3, 0])
    #expect(choice.places(near: "x", vector(0.2), vectors: [:]) == [])
  }

  @Test("Without an embedder the run says what is missing")
  func noEmbedder() async throws {
    let folder = try TemporaryFolder()
    let model = ScriptedModel(writer: TwoStageTask.answer)
    let error = await #expect(throws: ModelError.self) {
      _ = try await ScriptedRun.perform(
        try TwoStageTask.loaded(), optimizer: KNNFewShot(), models: ModelSet(task: model),
        in: folder.url)
    }
    #expect(error?.message.contains("role embedder; name one under models") == true)
  }

  @Test("Bootstrapping with TPE tries each combination of sets once and learns from all")
  func combinations() async throws {
    let optimizer = BootstrapTPE(
      draws: DemonstrationDraws(lessons: 1, rows: 1), sets: 2, trials: 6)
    let loaded = try TwoStageTask.loaded(train: 8, dev: 4, test: 2)
    let (record, requests, asked) = try await TwoStageTask.run(optimizer, loaded: loaded)
    #expect(asked.isEmpty)
    // The seed on dev, then the teacher on the training rows, then the combinations.
    #expect(requests.prefix(4) == ["kind [] 9", "kind [] 10", "kind [] 11", "kind [] 12"])
    #expect(requests[8] == "kind [] 1")
    let made = record.candidates.dropFirst()
    #expect(made.count == 6 && Set(made.map(\.id)).count == 6)
    #expect(made.allSatisfy { $0.lineage.move.hasPrefix("combination: kind instruction 0 set") })
    #expect(made.allSatisfy { $0.demonstrationCount <= 2 })
    let scored = record.events.count {
      if case .evaluated(_, .dev, _, 4, _) = $0.event { true } else { false }
    }
    #expect(scored == 7)
  }
}
