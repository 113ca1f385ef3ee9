// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneRuns
import Synchronization

extension OptimizerConformance {
  /// Checks that the seed decides the run.
  public func checkSeeds() async throws {
    let first = try await observe(seed: 1)
    let again = try await observe(seed: 1)
    try require(
      "the same seed makes the same run", first.bytes == again.bytes,
      Self.difference(first.record, again.record))
    guard isRandom else { return }
    for seed in [UInt64(2), 3, 4] {
      let other = try await observe(seed: seed).record
      if other.events != first.record.events { return }
    }
    throw ConformanceFailure(
      "\(optimizer.name): another seed makes another run", "seeds 1 to 4 make the same run")
  }

  /// Checks that the test rows' answers are opened once, and only after the optimizer has returned.
  public func checkSealedTest() async throws {
    let returned = Atomic<Bool>(false)
    let opened = Mutex<[Bool]>([])
    let watched = WatchedOptimizer(base: optimizer) {
      returned.store(true, ordering: .releasing)
    }
    let loaded = try makeTask(1, Budget()) {
      opened.withLock { $0.append(returned.load(ordering: .acquiring)) }
    }
    let folder = try TemporaryFolder()
    _ = try await ScriptedRun.perform(
      loaded, optimizer: watched, models: makeModels {}, in: folder.url)
    let seen = opened.withLock { $0 }
    try require("the test seal is broken once", seen.count == 1, "\(seen.count) times")
    try require(
      "the test seal is broken after the search", seen == [true], "it was broken during the search")
  }

  /// Checks that a run goes on to its end when the optimizer model writes nonsense.
  public func checkNonsense() async throws {
    for nonsense in ["", "{\"a\":", "<<<>>>", String(repeating: "word ", count: 3000)] {
      let folder = try TemporaryFolder()
      var models = makeModels {}
      models.optimizer = ScriptedModel(
        name: "nonsense", digest: "nonsense", writer: { _ throws(ModelError) in nonsense })
      let record = try await ScriptedRun.perform(
        makeTask(1, Budget()) {}, optimizer: optimizer, models: models, in: folder.url)
      try require(
        "a run ends well when the optimizer model writes nonsense", record.status == .finished,
        "it ended with \(record.status)")
    }
  }

  static func difference(_ a: RunRecord, _ b: RunRecord) -> String {
    let pairs = zip(a.events, b.events)
    if let (one, other) = pairs.first(where: { $0 != $1 }) {
      return "first different event: \(one) and \(other)"
    }
    if a.events.count != b.events.count {
      return "\(a.events.count) events and \(b.events.count)"
    }
    if a.spend != b.spend { return "spent \(a.spend) and \(b.spend)" }
    return "the same events, but another record"
  }
}

/// An optimizer that tells when the one in it has returned.
private struct WatchedOptimizer: Optimizer {
  let base: any Optimizer
  let onReturn: @Sendable () -> Void

  var name: String { base.name }

  func cost(of facts: TaskFacts) -> SearchCost { base.cost(of: facts) }

  func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let result = try await base.optimize(in: session)
    onReturn()
    return result
  }
}
