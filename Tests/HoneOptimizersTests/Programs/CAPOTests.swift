// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import HoneRuns
import HoneTesting
import Testing

struct CAPOTests {
  private static let writer: ScriptedModel.Writer = { request throws(ModelError) in
    let draw = StableHash.of("\(request.promptText)#\(request.sampleIndex)") % 89
    return "<new_prompt>Tell it well, way \(draw).</new_prompt>"
  }

  @Test("The first population varies the seed; later rounds cross two parents, then mutate")
  func requests() async throws {
    let optimizer = CAPO(
      population: 3, children: 2, shots: 1, rounds: 2, race: BlockRace(block: 4, blocks: 2))
    let loaded = try TwoStageTask.loaded(train: 8, dev: 8, test: 2)
    let (record, _, asked) = try await TwoStageTask.run(
      optimizer, loaded: loaded, writer: Self.writer)
    let kinds = asked.map { request -> Character in
      let text = request.promptText
      return text.hasPrefix("These are two") ? "c" : (text.hasPrefix("This is an") ? "v" : "?")
    }
    // Two variations begin; each of two rounds crosses two pairs and varies what came of them.
    #expect(String(kinds) == "vvccvvccvv")
    let children = record.candidates.filter { $0.lineage.parents.count == 2 }
    #expect(!children.isEmpty)
    #expect(children.allSatisfy { $0.lineage.move.hasPrefix("mutation; crossed") })
    // At most one demonstration for each of the two stages.
    #expect(record.candidates.allSatisfy { $0.demonstrationCount <= 2 })
    let known = Set(record.candidates.map(\.id))
    #expect(record.candidates.flatMap(\.lineage.parents).allSatisfy(known.contains))
  }

  @Test("A race drops what others are significantly better than, before all rows are seen")
  func race() async throws {
    let loaded = try ReviewTask.make(train: 2, dev: 60, test: 0)
    let model = ReviewTask.model()
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: model), options: ScriptedRun.options)
    let seed = Candidate(seedOf: loaded.task.program)
    let words = ReviewTask.helpfulWords.prefix(6).joined(separator: " ")
    let good = seed.child(instruction: "Look at the review. \(words)", move: "m", step: 1)
    let session = RaceSession(task: loaded.task, dev: loaded.splits.dev, run: run)
    let ranked = try await BlockRace(block: 20, blocks: 3, penalty: 0).select(
      [seed, good], keeping: 1, step: 1, in: session)
    #expect(ranked.map(\.candidate.id) == [good.id, seed.id])
    #expect(ranked.map(\.examples) == [20, 20])
  }

  @Test("Of equals the shorter one is first, by the penalty for length")
  func lengths() async throws {
    let loaded = try ReviewTask.make(train: 2, dev: 20, test: 0)
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: ReviewTask.model()), options: ScriptedRun.options)
    let seed = Candidate(seedOf: loaded.task.program)
    let long = seed.child(
      instruction: seed.instruction + " And so on, at some length.", move: "m", step: 1)
    let session = RaceSession(task: loaded.task, dev: loaded.splits.dev, run: run)
    let ranked = try await BlockRace(block: 20, blocks: 1).select(
      [long, seed], keeping: 2, step: 1, in: session)
    #expect(ranked.map(\.candidate.id) == [seed.id, long.id])
  }
}

/// A session that evaluates on dev and nothing else.
private struct RaceSession: OptimizationSession {
  let task: PromptTask
  let dev: [Example]
  let run: EvaluationRun
  var train: [Example] { [] }

  func random(_ stream: String) -> SeededGenerator { SeededGenerator(seed: 1, stream: stream) }
  func remaining() async -> Budget { Budget() }

  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    // The run evaluates whole splits; the rows asked for are picked out.
    let whole = try await run.evaluate(requests.map(\.candidate), on: .dev)
    return zip(requests, whole).map { request, evaluation in
      let ids = Set(request.examples.map(\.id))
      return Evaluation(
        candidate: request.candidate.id,
        results: evaluation.results.filter { ids.contains($0.example) },
        examples: request.examples, metric: task.metric, kind: task.answer.kind)
    }
  }

  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] { [] }
  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] { [] }
  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] { [] }
  func record(_ event: RunEvent) async throws {}
}
