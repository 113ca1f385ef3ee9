// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneRuns
import HoneStore
import HoneTesting
import Testing

/// The command's process killed in the middle of a run over a server that fails.
@Suite(.serialized, .timeLimit(.minutes(30))) final class KilledRunTests {
  private let command: BuiltCommand
  private static let budget = 2400
  private static let kills = 10

  init() throws {
    command = try BuiltCommand()
  }

  deinit {
    command.removeHome()
  }

  /// Short answers are the task model's, all others the optimizer's.
  private static func write(_ request: GenerationRequest) throws -> String {
    guard request.maxTokens != 8 else { return try ReviewTask.answer(request) }
    let number = StableHash.of("\(request.promptText)#\(request.seed)") % 1000
    return try ReviewTask.propose(request) + " Review \(number) of 1000."
  }

  private func writeTask(to name: String, _ server: FaultServer) throws {
    let loaded = try ReviewTask.make(train: 40, dev: 100, test: 100)
    let rows = loaded.splits.train + loaded.splits.dev + loaded.splits.test.open()
    let lines = rows.map { row in
      #"{"review": "\#(row.fields["review"] ?? "")", "mood": "\#(row.references.joined())"}"#
    }
    try command.write(lines.joined(separator: "\n") + "\n", to: "reviews.jsonl")
    try command.write(
      """
      name: reviews
      description: Tell whether a review is positive or negative.
      data: {file: reviews.jsonl, split: {train: 40, dev: 100, test: 100}}
      inputs: [review]
      answer: {field: mood, kind: label, labels: [positive, negative]}
      prompt: {instruction: Look at the review., question: "{review}"}
      models: {task: "\(server.address)#any"}
      optimizer: {name: gpo, candidates: 4, epochs: 50, trajectory: importance, plateau: 0}
      budget: {calls: \(Self.budget)}
      generation: {max-tokens: 8}
      seed: 3

      """, to: name)
  }

  private static let environment = [
    "HONE_TRIES": "50", "HONE_RETRY_WAIT": "0.005", "HONE_TIMEOUT": "0.25",
  ]

  private func record(of run: String) throws -> (record: RunRecord, journal: Int) {
    let folder = command.home.appending(path: "runs").appending(path: run)
    let store = try RunStore.look(at: folder)
    return (try RunRecord(store), try store.journalCount())
  }

  @Test func `A run that is killed ten times amid faults ends as a calm one`() async throws {
    let quiet = try await FaultServer(.none, writer: Self.write)
    try writeTask(to: "calm.yaml", quiet)
    let calm = try await command.run(
      ["optimize", "calm.yaml", "--name", "calm", "--no-cache", "--quiet"],
      environment: Self.environment)
    #expect(calm.code == 0, "\(calm.error)")
    await quiet.stop()

    let killer = Killer()
    let server = try await FaultServer(
      FaultScript(share: 0.3, seed: 11, slowShare: 0.003, wait: 0.01)
    ) { request in
      killer.count()
      return try Self.write(request)
    }
    try writeTask(to: "stormy.yaml", server)
    let first = ["optimize", "stormy.yaml", "--name", "stormy", "--no-cache", "--quiet"]
    let later = ["resume", "stormy", "--no-cache", "--quiet"]
    for kill in 0..<Self.kills {
      let process = try command.process(kill == 0 ? first : later, environment: Self.environment)
      try await process.runToEnd { killer.kill($0, after: 250) }
      #expect(
        process.terminationReason == .uncaughtSignal,
        "sitting \(kill) was over before it was killed")
    }
    let last = try await command.run(later, environment: Self.environment)
    #expect(last.code == 0, "\(last.error)")
    let faults = server.requests.count { $0.fault != nil }
    await server.stop()

    let (one, other) = (try record(of: "calm"), try record(of: "stormy"))
    #expect(other.record.status == .finished)
    #expect(other.record.result == one.record.result)
    #expect(other.record.dev == one.record.dev)
    #expect(other.record.spend.calls == one.record.spend.calls)
    #expect(other.record.spend.usage == one.record.spend.usage)
    #expect(one.record.spend.totalCalls > 2000)
    #expect(one.record.spend.totalCalls <= Self.budget)
    // Each call stands in the journal once, however often it was sent.
    #expect(other.journal == other.record.spend.totalCalls)
    #expect(faults > 500)
  }
}
