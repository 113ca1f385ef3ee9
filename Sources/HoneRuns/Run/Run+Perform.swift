// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore
import Synchronization

extension Run {
  /// Searches, unseals the test rows, tests the seed and the best prompt on them, and writes
  /// `result.json`, `prompt.txt` and `messages.json` into the folder.
  ///
  /// `onEvent` is told everything that happens, on a resumed run also what happened before, with the
  /// times of then.
  /// - Throws: `RunInterrupted` or `CancellationError` when stopped, ``RunError``, `ModelError` and
  ///   `StoreError` when it cannot go on; in each case the run can be resumed.
  public func perform(
    interrupt: Interrupt = Interrupt(), onEvent: @escaping @Sendable (TimedEvent) -> Void = { _ in }
  ) async throws -> RunRecord {
    guard !isAtWork.exchange(true, ordering: .acquiringAndReleasing) else {
      throw StoreError.locked(
        folder: folder.path, process: ProcessInfo.processInfo.processIdentifier)
    }
    defer { isAtWork.store(false, ordering: .releasing) }
    let header = try store.header()
    if case .finished = header.status { throw RunError.alreadyFinished(name: name) }
    if case .failed = header.status {
      // What failed then is tried again, from here on.
      try store.record(decision: DecisionName.retry, true)
    }
    let session = try RunSession(
      header: header, train: train, dev: dev, models: models, options: options, store: store,
      cache: cache, body: body, finalTest: finalTest, interrupt: interrupt, onEvent: onEvent)
    self.session.withLock { $0 = session }
    try store.finish(.running)
    do {
      let result = try await search(in: session)
      try save(session)
      try store.finish(.running, result: result)
      var record = try RunRecord(store)
      record.status = .finished
      // Finished only when the files are there: a run killed before is taken up again.
      try RunFiles(record).write(to: store.folder)
      try store.finish(.finished)
      return record
    } catch {
      try leave(session, after: error)
      throw error
    }
  }

  private func search(in session: RunSession) async throws -> RunResult {
    let seed = Candidate(seedOf: task.program)
    try store.record(seed)
    let found = try await optimizer.optimize(in: session)
    try Task.checkCancellation()
    session.beginFinalTest()
    var result = RunResult(
      seed: seed, best: found.best, seedDevScore: found.seedDevScore,
      bestDevScore: found.devScore, end: found.end, testExamples: [], seedTest: nil,
      bestTest: nil, comparison: nil, conclusion: "")
    var shortage: BudgetExhausted?
    do {
      try await test(&result, in: session)
    } catch let error as BudgetExhausted {
      shortage = error
    }
    result.conclusion =
      RunConclusion(
        task: task, result: result, isConfirmed: found.isConfirmed, shortage: shortage
      ).sentence
    return result
  }

  /// Opens the test rows, for the first and only time, and compares seed and best on them.
  private func test(_ result: inout RunResult, in session: RunSession) async throws {
    guard test.count > 0 else { return }
    let rows = test.open()
    let isSame = result.best.id == result.seed.id
    let candidates = isSame ? [result.seed] : [result.seed, result.best]
    let evaluations = try await session.evaluate(
      candidates.map { EvaluationRequest($0, on: rows) })
    for evaluation in evaluations {
      let step = evaluation.candidate == result.seed.id ? 0 : result.best.lineage.step
      try await session.record(
        .evaluated(
          candidate: evaluation.candidate, split: .test, score: evaluation.score,
          examples: rows.count, step: step))
    }
    guard let first = evaluations.first, let last = evaluations.last else { return }
    result.testExamples = rows
    result.seedTest = first
    result.bestTest = last
    if !isSame {
      result.comparison = PairedComparison(
        first: first, second: last, binary: task.metric.isBinary, seed: task.seed)
    }
  }

  private func save(_ session: RunSession) throws {
    let spend = session.spend
    try store.record(
      seconds: spend.seconds, spend: spend, cachedCalls: session.cachedCalls)
    try store.flush()
  }

  /// Saves how far the run came and why it stopped.
  private func leave(_ session: RunSession, after error: any Error) throws {
    let status: RunStatus
    switch error {
    case is RunInterrupted, is CancellationError: status = .interrupted
    default: status = .failed("\(error)")
    }
    try save(session)
    try store.finish(status)
  }
}
