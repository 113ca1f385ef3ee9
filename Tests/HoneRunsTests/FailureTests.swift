// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneStore
import HoneTesting
import Synchronization
import Testing

@Suite struct FailureTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `A failed call is not scored and not counted in the mean`() async throws {
    let model = ScriptedModel { request throws(ModelError) in
      if request.promptText.contains("number 14") { throw ModelError(.tooLong, "too long") }
      return try ReviewTask.answer(request)
    }
    let run = try EvaluationRun(
      ReviewTask.make(), models: ModelSet(task: model), options: ScriptedRun.options)
    let seed = Candidate(seedOf: run.task.program)
    let evaluation = try #require(try await run.evaluate([seed], on: .dev).first)
    let failed = evaluation.results.filter {
      $0.outcome == .failed(ModelError(.tooLong, "too long"))
    }
    #expect(failed.map(\.example) == ["reviews.jsonl:15"])
    let values = evaluation.results.compactMap(\.outcome.value)
    #expect(values.count == 15)
    #expect(evaluation.score == values.reduce(0, +) / 15)
    #expect(evaluation.coverage == 15.0 / 16)
  }

  @Test func `An outage stops the run, and resuming tries the failed calls again`() async throws {
    let isDown = Atomic<Bool>(false)
    let calls = Atomic<Int>(0)
    let model = ScriptedModel { request throws(ModelError) in
      if calls.add(1, ordering: .relaxed).newValue == 60 { isDown.store(true, ordering: .relaxed) }
      if isDown.load(ordering: .relaxed) { throw ModelError(.unavailable, "the server is away") }
      return try ReviewTask.answer(request)
    }
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: model), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let error = await #expect(throws: RunError.self) { try await run.perform() }
    #expect(error?.description.contains("the server is away; the run is saved") == true)
    guard case .failed = try RunCatalog(folder.url).record(of: run.name).status else {
      Issue.record("the run is not marked as failed")
      return
    }
    isDown.store(false, ordering: .relaxed)
    let record = try await run.perform()
    let outcomes = record.dev.flatMap(\.results).map(\.outcome)
    #expect(outcomes.allSatisfy { $0.value != nil })

    let other = try TemporaryFolder()
    let whole = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: ReviewTask.model()),
      in: other.url)
    #expect(record.result == whole.result)
  }

  @Test func `A few failures do not stop a run`() async throws {
    let model = ScriptedModel { request throws(ModelError) in
      if request.promptText.contains("number 13") { throw ModelError(.unavailable, "a hiccup") }
      return try ReviewTask.answer(request)
    }
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: model), in: folder.url)
    #expect(record.status == .finished)
    #expect(record.dev.allSatisfy { $0.coverage == 15.0 / 16 })
  }

  @Test func `Requests that are too long are no outage`() async throws {
    let model = ScriptedModel { request throws(ModelError) in
      if request.promptText.contains("sentiment") { throw ModelError(.tooLong, "too long") }
      return try ReviewTask.answer(request)
    }
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: model), in: folder.url)
    #expect(record.status == .finished)
    let failed = record.dev.filter { $0.score == nil }
    #expect(!failed.isEmpty)
    #expect(!failed.contains { $0.candidate == record.result?.best.id })
  }

  @Test func `A model that cannot be used stops the run at once`() async throws {
    let model = ScriptedModel { _ throws(ModelError) in
      throw ModelError(.unusableModel, "the file is gone")
    }
    await #expect(throws: ModelError(.unusableModel, "the file is gone")) {
      try await ScriptedRun.perform(
        ReviewTask.make(), optimizer: WordSearch(), models: ModelSet(task: model), in: folder.url)
    }
    #expect(model.calls == 1)
  }

  @Test func `A damaged journal is a clear error`() async throws {
    let model = ReviewTask.model()
    let url = try await stoppedRun(model)
    do {
      let store = try RunStore.open(url)
      for request in model.generationRequests {
        let key = try RequestKey(model: "scripted-1", kind: .generate, request: request)
        let entry = try #require(try store.calls([key])[key])
        try store.record(entry.damaged)
      }
      try store.flush()
    }
    let run = try Run.resume(
      url, models: ModelSet(task: model), optimizer: WordSearch(), options: ScriptedRun.options)
    let error = await #expect(throws: StoreError.self) { try await run.perform() }
    #expect(
      error?.description.contains("the recorded response of a generate call cannot be read") == true
    )
  }

  private func stoppedRun(_ model: ScriptedModel) async throws -> URL {
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: model), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let interrupt = Interrupt()
    interrupt.request()
    await #expect(throws: RunInterrupted.self) { try await run.perform(interrupt: interrupt) }
    return run.folder
  }

  @Test func `Likelihoods that are not finite are failures`() async throws {
    let model = ScriptedModel(
      scorer: { _, text throws(ModelError) in text == "positive" ? -.infinity : -1 },
      writer: ReviewTask.answer)
    var loaded = try ReviewTask.make()
    loaded.task.answer.source = .likelihood(LikelihoodChoice())
    let run = try EvaluationRun(
      loaded, models: ModelSet(task: model), options: ScriptedRun.options)
    let seed = Candidate(seedOf: run.task.program)
    let evaluation = try #require(try await run.evaluate([seed], on: .dev).first)
    #expect(evaluation.score == nil)
    #expect(evaluation.coverage == 0)
  }
}

extension JournalEntry {
  /// The same call with a response that is no JSON.
  fileprivate var damaged: JournalEntry {
    var copy = self
    copy.response = "{"
    return copy
  }
}
