// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneRuns
import HoneStore
import HoneTesting
import Testing

@testable import HoneModels

/// Runs over a provider, made again after the provider is gone.
@Suite(.serialized) struct OfflineTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A model that gives up after one try.
  private func models(_ server: FaultServer) async throws -> ModelSet {
    let opener = RemoteModelOpener(
      environment: [:],
      options: RemoteOptions(retries: RetryPolicy(attempts: 1), clock: TestClock().clock))
    return ModelSet(task: try await opener.open(server.address + "#any"))
  }

  private var options: RunOptions {
    var options = ScriptedRun.options
    options.cache = folder.url.appending(path: "cache.sqlite")
    options.prices = [
      .task: TokenPrice(prompt: 1e6, completion: 2e6),
      .optimizer: TokenPrice(prompt: 1e6, completion: 2e6),
    ]
    return options
  }

  private func finished(_ models: ModelSet, in name: String) async throws -> RunRecord {
    try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: models,
      in: folder.url.appending(path: name), options: options)
  }

  @Test func `A run is replayed from its journal with the server stopped`() async throws {
    let server = try await FaultServer { try ReviewTask.answer($0) }
    let models = try await models(server)
    let record = try await finished(models, in: "first")
    await server.stop()
    let place = folder.url.appending(path: "first").appending(path: record.id)
    try RunStore.open(place).finish(.interrupted)
    var offline = options
    offline.cache = nil
    let replayed = try await Run.resume(
      place, models: models, optimizer: WordSearch(), options: offline
    ).perform()
    #expect(replayed.result == record.result)
    #expect(replayed.events == record.events)
    #expect(replayed.spend == record.spend)
    #expect(record.spend.totalUsage.dollars > 0)
    #expect(server.requestCount == record.spend.totalCalls)
  }

  @Test func `A new run is answered by the cache with the server stopped, and costs no money`()
    async throws
  {
    let server = try await FaultServer { try ReviewTask.answer($0) }
    let models = try await models(server)
    let record = try await finished(models, in: "first")
    await server.stop()
    let again = try await finished(models, in: "second")
    #expect(again.result == record.result)
    #expect(again.spend.calls == record.spend.calls)
    #expect(again.spend.totalUsage.tokens == record.spend.totalUsage.tokens)
    #expect(again.spend.totalUsage.dollars == 0)
    #expect(again.cachedCalls == again.spend.totalCalls)
    #expect(server.requestCount == record.spend.totalCalls)
  }
}
