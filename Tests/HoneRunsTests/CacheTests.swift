// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneTesting
import Testing

@Suite struct CacheTests {
  let folder: TemporaryFolder
  var options: RunOptions {
    var options = ScriptedRun.options
    options.cache = folder.url.appending(path: "cache.sqlite")
    return options
  }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func perform(
    _ model: ScriptedModel, seed: UInt64 = 1, options: RunOptions
  ) async throws -> RunRecord {
    try await ScriptedRun.perform(
      ReviewTask.make(seed: seed), optimizer: WordSearch(), models: ModelSet(task: model),
      in: folder.url.appending(path: UUID().uuidString), options: options)
  }

  @Test func `A second run of the same is answered from the cache, with the same result`()
    async throws
  {
    let first = try await perform(ReviewTask.model(), options: options)
    let model = ReviewTask.model()
    let second = try await perform(model, options: options)
    #expect(model.calls == 0)
    #expect(second.cachedCalls == second.spend.totalCalls)
    #expect(first.cachedCalls == 0)
    #expect(second.result == first.result)
    #expect(second.spend == first.spend)
    #expect(second.events == first.events)
  }

  @Test func `Without a cache every run makes its own calls`() async throws {
    _ = try await perform(ReviewTask.model(), options: options)
    let model = ReviewTask.model()
    let record = try await perform(model, options: ScriptedRun.options)
    #expect(model.calls == record.spend.totalCalls)
    #expect(record.cachedCalls == 0)
  }

  @Test func `A model of other content gets nothing from the cache`() async throws {
    _ = try await perform(ReviewTask.model(), options: options)
    let model = ScriptedModel(digest: "scripted-2", writer: ReviewTask.answer)
    let record = try await perform(model, options: options)
    #expect(record.cachedCalls == 0)
  }

  @Test func `Cached answers cost no money`() async throws {
    let priced = ScriptedModel(dollarsPerToken: 0.5, writer: ReviewTask.answer)
    let first = try await perform(priced, options: options)
    let second = try await perform(priced, options: options)
    #expect(first.spend.totalUsage.dollars > 0)
    #expect(second.spend.totalUsage.dollars == 0)
    #expect(second.spend.totalUsage.tokens == first.spend.totalUsage.tokens)
  }

  @Test func `Samples of one request differ and are the same in a replay`() async throws {
    let model = ScriptedModel { "sample \($0.sampleIndex)" }
    let requests = (0..<3).map {
      GenerationRequest(input: .text("a"), maxTokens: 4, temperature: 1, sampleIndex: $0)
    }
    let optimizer = Sampler(requests: requests)
    func notes() async throws -> [RunEvent] {
      try await ScriptedRun.perform(
        ReviewTask.make(test: 0), optimizer: optimizer, models: ModelSet(task: model),
        in: folder.url.appending(path: UUID().uuidString), options: options
      ).events.map(\.event)
    }
    let first = try await notes()
    #expect(first == (0..<3).map { .note("sample \($0)") })
    #expect(try await notes() == first)
    #expect(model.calls == 3)
  }
}

/// Asks for samples and notes what came.
private struct Sampler: Optimizer {
  let requests: [GenerationRequest]
  let name = "sampler"

  func cost(of facts: TaskFacts) -> SearchCost {
    SearchCost(minimum: requests.count, maximum: requests.count)
  }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    for reply in try await session.generate(requests, as: .optimizer) {
      try await session.record(.note(try reply.get().text))
    }
    return SearchResult(
      best: Candidate(seedOf: session.task.program), devScore: nil, seedDevScore: nil,
      end: .finished)
  }
}
