// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneRuns
import HoneTesting
import Testing

@testable import HoneModels

/// Runs over a server that fails more than they bear.
@Suite(.serialized) struct OutageTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Faults that are told at once, so that nothing is asked for again because a machine is busy.
  private static let quick: [Fault] = [.serverError, .rateLimit, .cutBody, .noChoice, .invalidUTF8]

  /// A model that sends each request so many times at most.
  private func models(_ server: FaultServer, attempts: Int) async throws -> ModelSet {
    let options = RemoteOptions(
      retries: RetryPolicy(attempts: attempts),
      transport: TransportOptions(silenceSeconds: 30, totalSeconds: 60),
      clock: TestClock().clock)
    let opener = RemoteModelOpener(environment: [:], options: options)
    return ModelSet(task: try await opener.open(server.address + "#any"))
  }

  private func calm() async throws -> RunRecord {
    let server = try await FaultServer { try ReviewTask.answer($0) }
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: try await models(server, attempts: 1),
      in: folder.url.appending(path: "calm"))
    await server.stop()
    return record
  }

  @Test func `A run stops at its share of failures and, resumed, ends as a calm one`() async throws
  {
    let server = try await FaultServer(FaultScript(share: 0.3, seed: 5, faults: Self.quick)) {
      try ReviewTask.answer($0)
    }
    let loaded = try ReviewTask.make(budget: Budget(calls: 2000, failures: 0.2))
    let place = try await stopped(loaded, models(server, attempts: 1))
    let resumed = try await Run.resume(
      place, models: models(server, attempts: 20), optimizer: WordSearch(),
      options: ScriptedRun.options
    ).perform()
    await server.stop()
    let calm = try await calm()
    #expect(resumed.result == calm.result)
    #expect(resumed.spend == calm.spend)
  }

  /// Starts a run that its failures stop; the run is let go, so that another may take it.
  private func stopped(_ loaded: LoadedTask, _ models: ModelSet) async throws -> URL {
    let run = try Run.create(
      loaded, models: models, optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let error = await #expect(throws: RunError.self) { try await run.perform() }
    guard case .tooManyFailures(let failed, let total, let allowed, _) = error else {
      Issue.record("stopped with \(String(describing: error))")
      return run.folder
    }
    #expect(failed == 41)
    #expect((41...200).contains(total))
    #expect(allowed == 0.2)
    #expect(error?.description.contains("more than the 20 % of budget.failures") == true)
    return run.folder
  }

  @Test func `A run that may fail as often as it likes goes on and counts what failed`()
    async throws
  {
    let server = try await FaultServer(FaultScript(share: 0.3, seed: 5, faults: Self.quick)) {
      try ReviewTask.answer($0)
    }
    let record = try await ScriptedRun.perform(
      ReviewTask.make(budget: Budget(calls: 2000, failures: 1)), optimizer: WordSearch(),
      models: try await models(server, attempts: 1), in: folder.url)
    let faults = server.requests.count { $0.fault != nil }
    await server.stop()
    #expect(record.status == .finished)
    #expect(faults > 41)
    #expect(record.spend.totalEndings[.failed] == faults)
    #expect(record.spend.totalCalls == server.requests.count)
  }

  @Test func `An outage is found before the whole batch has failed`() async throws {
    let down = Bench(limits: ServiceLimits(startInFlight: 4, mostInFlight: 4)) { _, _ in
      .error(500, "on fire")
    }
    let models = ModelSet(task: try await down.opener.open("openai:gpt-4o-mini"))
    let run = try EvaluationRun(
      try ReviewTask.make(dev: 500, budget: Budget()), models: models,
      options: ScriptedRun.options)
    let seed = Candidate(seedOf: run.task.program)
    let error = await #expect(throws: RunError.self) {
      try await run.evaluate([seed], on: .dev)
    }
    #expect(error?.description.contains("21 of the last 21 calls failed") == true)
    #expect(down.transport.calls.count < 5000)
  }
}
