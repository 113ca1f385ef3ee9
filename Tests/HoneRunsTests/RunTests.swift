// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import HoneRuns
import HoneStore
import HoneTesting
import Synchronization
import Testing

@Suite struct RunTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `A run climbs, tests seed and best and says what came out`() async throws {
    let model = ReviewTask.model()
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: model), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let seen = Mutex<[TimedEvent]>([])
    let record = try await run.perform { event in seen.withLock { $0.append(event) } }
    let result = try #require(record.result)
    #expect(record.id == "reviews-2023-11-14-1")
    #expect(record.status == .finished)
    #expect(record.events == seen.withLock { $0 })
    #expect(record.spend.totalCalls == model.calls)
    #expect(result.best.id != result.seed.id)
    #expect((result.bestDevScore ?? 0) > (result.seedDevScore ?? 1))
    #expect(result.testExamples.count == 20)
    #expect(result.seedTest?.results.count == 20)
    #expect(result.comparison?.pairs == 20)
    #expect(result.conclusion.contains("On test the best prompt"))
    #expect(record.candidates.first?.id == result.seed.id)
    #expect(record.dev.first { $0.candidate == result.best.id }?.score == result.bestDevScore)
  }

  @Test func `The files of a finished run hold its prompt and the exact messages`() async throws {
    let model = ReviewTask.model()
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: model), in: folder.url)
    let best = try #require(record.result?.best)
    let files = RunFolder(folder.url.appending(path: record.id))
    #expect(try String(contentsOf: files.prompt, encoding: .utf8) == best.instruction)
    let messages = try JSONDecoder().decode(
      EvaluatedMessages.self, from: Data(contentsOf: files.messages))
    let sent = Set(model.generationRequests.map(\.input))
    #expect(messages.inputs.count == 20)
    for input in messages.inputs {
      #expect(sent.contains(.chat(try #require(input.messages))))
    }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    #expect(try decoder.decode(RunRecord.self, from: Data(contentsOf: files.result)) == record)
    #expect(try RunCatalog(folder.url).record(of: record.id) == record)
  }

  @Test func `The same seed makes the same run and another seed another`() async throws {
    func bytes(seed: UInt64) async throws -> Data {
      let folder = try TemporaryFolder()
      return try ScriptedRun.bytes(
        of: await ScriptedRun.perform(
          ReviewTask.make(seed: seed), optimizer: WordSearch(),
          models: ModelSet(task: ReviewTask.model()), in: folder.url))
    }
    let first = try await bytes(seed: 1)
    #expect(try await bytes(seed: 1) == first)
    #expect(try await bytes(seed: 2) != first)
  }

  @Test func `A seed that nothing beats is kept, with the reason`() async throws {
    let model = ScriptedModel { _ in "positive" }
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(steps: 1), models: ModelSet(task: model),
      in: folder.url)
    let result = try #require(record.result)
    #expect(result.best.id == result.seed.id)
    #expect(result.comparison == nil)
    #expect(result.seedTest == result.bestTest)
    #expect(
      result.conclusion
        == "No prompt beat the seed's 50 % on dev, so the seed is kept; the search ended because "
        + "all steps were taken.")
  }

  @Test func `A seed that is better on dev and training rows together is kept, and it says so`()
    async throws
  {
    // The seed is right on all training rows, whose numbers are below 12, and on half of dev; prompts
    // with a helpful word are right on all but one row of dev alone.
    let model = ScriptedModel { request throws(ModelError) in
      guard !request.promptText.contains("Improve") else { return try ReviewTask.answer(request) }
      let question =
        request.promptText.split(separator: "\n").last { $0.contains(", number ") } ?? ""
      let number = question.split(separator: " ").last.flatMap { Int($0) } ?? 0
      let isSeed = !ReviewTask.helpfulWords.contains { request.promptText.contains($0) }
      let isRight = isSeed ? number < 12 || number % 4 < 2 : number > 12
      return isRight == number.isMultiple(of: 2) ? "positive" : "negative"
    }
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WithFinalists(WordSearch(steps: 2), Finalists(count: 5)),
      models: ModelSet(task: model), in: folder.url)
    let result = try #require(record.result)
    #expect(result.best.id == result.seed.id)
    #expect(record.dev.contains { ($0.score ?? 0) > (result.seedDevScore ?? 1) })
    #expect(
      result.conclusion
        == "No prompt beat the seed on dev and training rows together, so the seed is kept; the "
        + "search ended because all steps were taken.")
  }

  @Test func `A run without test rows says that the lead may be luck`() async throws {
    let record = try await ScriptedRun.perform(
      ReviewTask.make(test: 0), optimizer: WordSearch(),
      models: ModelSet(task: ReviewTask.model()), in: folder.url)
    #expect(record.result?.bestTest == nil)
    #expect(record.result?.conclusion.contains("without a test split") == true)
  }

  @Test func `The test seal is broken once, after the search`() async throws {
    let opened = Mutex<[Int]>([])
    let model = ReviewTask.model()
    let loaded = try ReviewTask.make { opened.withLock { $0.append(model.calls) } }
    let record = try await ScriptedRun.perform(
      loaded, optimizer: WordSearch(), models: ModelSet(task: model), in: folder.url)
    #expect(opened.withLock { $0 } == [record.spend.totalCalls - 40])
  }

  @Test func `A finished run is not resumed`() async throws {
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(steps: 1),
      models: ModelSet(task: ReviewTask.model()), in: folder.url)
    #expect(throws: RunError.alreadyFinished(name: record.id)) {
      try Run.resume(
        folder.url.appending(path: record.id), models: ModelSet(task: ReviewTask.model()),
        optimizer: WordSearch(steps: 1))
    }
  }

  @Test func `A run is performed once at a time and once to its end`() async throws {
    let (reached, reach) = AsyncStream<Void>.makeStream()
    let (go, release) = AsyncStream<Void>.makeStream()
    let run = try Run.create(
      ReviewTask.make(), models: ReviewTask.models(), optimizer: Waiting(reach: reach, go: go),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let first = Task { try await run.perform() }
    for await _ in reached { break }
    await #expect(throws: StoreError.self) { try await run.perform() }
    release.finish()
    _ = try await first.value
    await #expect(throws: RunError.alreadyFinished(name: run.name)) { try await run.perform() }
  }

  @Test func `Another model is refused on resume`() async throws {
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: ReviewTask.model()), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let url = run.folder
    _ = consume run
    let other = ScriptedModel(digest: "other", writer: ReviewTask.answer)
    let error = #expect(throws: RunError.self) {
      try Run.resume(url, models: ModelSet(task: other), optimizer: WordSearch())
    }
    #expect(error?.description.contains("resume with the same model") == true)
  }
}

/// An optimizer that says when it is at work and waits to be let go.
private struct Waiting: Optimizer {
  let reach: AsyncStream<Void>.Continuation
  let go: AsyncStream<Void>
  let name = "waiting"

  func cost(of facts: TaskFacts) -> SearchCost { SearchCost(minimum: 1, maximum: 1) }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    reach.yield()
    for await _ in go {}
    return SearchResult(
      best: Candidate(seedOf: session.task.program), devScore: nil, seedDevScore: nil,
      end: .finished)
  }
}
