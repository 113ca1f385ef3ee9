// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneRuns
import HoneStore
import HoneTesting
import Testing

@testable import HoneModels

/// Whole evaluations and runs over connections on this machine, with and without faults.
@Suite(.serialized) struct FaultTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static func models(
    _ server: FaultServer, silence: Double = 0.3
  ) async throws -> ModelSet {
    let options = RemoteOptions(
      retries: RetryPolicy(attempts: 20),
      // Silence is found out by waiting.
      transport: TransportOptions(silenceSeconds: silence, totalSeconds: 60),
      clock: TestClock().clock)
    let opener = RemoteModelOpener(environment: [:], options: options)
    return ModelSet(task: try await opener.open(server.address + "#any"))
  }

  /// The model's name holds the port, which differs; what was found must not.
  private static func results(
    _ script: FaultScript, _ instructions: [String]
  ) async throws -> (evaluations: [Evaluation], requests: [ReceivedRequest]) {
    let server = try await FaultServer(script) { try ReviewTask.answer($0) }
    let loaded = try ReviewTask.make(dev: 500, budget: Budget())
    let run = try EvaluationRun(
      loaded, models: try await models(server, silence: script.share > 0 ? 3 : 30),
      options: ScriptedRun.options)
    let seed = Candidate(seedOf: loaded.task.program)
    let candidates = instructions.map { seed.child(instruction: $0, move: "test", step: 1) }
    let evaluations = try await run.evaluate(candidates, on: .dev)
    let requests = server.requests
    await server.stop()
    return (evaluations, requests)
  }

  @Test func `2,000 evaluations score the same with 30 % faults and without`() async throws {
    let instructions = [
      "Look.", "Classify the sentiment.", "Label it positive or negative.", "Read carefully.",
    ]
    let calm = try await Self.results(.none, instructions)
    let stormy = try await Self.results(FaultScript(share: 0.3, seed: 7), instructions)
    #expect(stormy.evaluations == calm.evaluations)
    #expect(calm.evaluations.map(\.results.count) == [500, 500, 500, 500])
    #expect(calm.evaluations.allSatisfy { $0.coverage == 1 })
    #expect(Set(calm.evaluations.map(\.score)).count > 1)

    let faults = stormy.requests.compactMap(\.fault)
    #expect(calm.requests.count == 2000)
    #expect(faults.count > 700)
    #expect(Set(faults) == Set(Fault.allCases))
    // Every request is answered once, whatever happened before, with the same bytes. Silence is
    // waited for so long that a busy machine's answers are not asked for again.
    let answered = stormy.requests.filter { $0.fault == nil }.map(\.body)
    #expect(answered.count == 2000)
    #expect(Set(answered) == Set(calm.requests.map(\.body)))
  }

  @Test func `A search with 30 % faults finds and spends what one without does`() async throws {
    var records: [RunRecord] = []
    for (number, script) in [FaultScript.none, FaultScript(share: 0.3, seed: 3)].enumerated() {
      let server = try await FaultServer(script) { try ReviewTask.answer($0) }
      let record = try await ScriptedRun.perform(
        ReviewTask.make(), optimizer: WordSearch(), models: try await Self.models(server),
        in: folder.url.appending(path: "\(number)"))
      await server.stop()
      records.append(record)
    }
    #expect(records[0].status == .finished)
    #expect(records[0].result == records[1].result)
    #expect(records[0].spend == records[1].spend)
    #expect(records[0].spend.totalCalls > 100)
  }

  @Test func `A server that is not there is told as such`() async throws {
    let server = try await FaultServer { _ in "yes" }
    let model = try await Self.models(server).task
    await server.stop()
    for try await element in model.generate([.chat()]) {
      guard case .failure(let error) = element.result else {
        Issue.record("it was answered")
        return
      }
      #expect(error.kind == .unavailable)
      #expect(error.message.contains("20 tries"))
    }
  }

  @Test func `A key is in no file of a run`() async throws {
    let key = "sk-a-key-to-look-for"
    let server = try await FaultServer(FaultScript(share: 0.3)) { try ReviewTask.answer($0) }
    let opener = RemoteModelOpener(
      environment: ["HONE_SERVER_KEY": key], options: RemoteOptions(clock: TestClock().clock))
    let model = try await opener.open(server.address + "#any")
    _ = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(steps: 1), models: ModelSet(task: model),
      in: folder.url)
    #expect(server.requests.allSatisfy { $0.authorization == "Bearer \(key)" })
    await server.stop()
    var count = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path) {
      guard let data = FileManager.default.contents(atPath: folder.url.appending(path: path).path)
      else { continue }
      count += 1
      #expect(data.range(of: Data(key.utf8)) == nil, "\(path)")
    }
    #expect(count >= 3)
  }

  @Test func `A refused key ends a run, which goes on when the key is right`() async throws {
    let server = try await FaultServer { try ReviewTask.answer($0) }
    let good = try await Self.models(server).task
    let closed = ScriptedTransport { _, number in
      number > 30 ? .error(401, "no such key") : .chat("positive")
    }
    let opener = RemoteModelOpener(
      environment: [:], options: RemoteOptions(clock: TestClock().clock)
    ) { _ in closed }
    let model = try await opener.open(server.address + "#any")
    #expect(model.identity.digest == good.identity.digest)
    let started = try await refused(by: model)
    let resumed = try Run.resume(
      started, models: ModelSet(task: good), optimizer: WordSearch(),
      options: ScriptedRun.options)
    #expect(try await resumed.perform().status == .finished)
    await server.stop()
  }

  /// Starts a run that its model's service refuses; the run is let go, so that another may take it.
  private func refused(by model: RemoteModel) async throws -> URL {
    let run = try Run.create(
      ReviewTask.make(), models: ModelSet(task: model), optimizer: WordSearch(),
      in: RunCatalog(folder.url), options: ScriptedRun.options)
    let error = await #expect(throws: ModelError.self) { try await run.perform() }
    #expect(error?.kind == .unusableModel)
    return run.folder
  }
}
