// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneStore

/// Prompts evaluated on a split, without a search and without a folder: `hone eval`.
///
/// Calls are answered from the cache across runs where it knows them. The task's budget holds.
public final class EvaluationRun: Sendable {
  /// The task.
  public let task: PromptTask
  private let splits: DataSplits
  private let session: RunSession

  /// Prepares an evaluation of a task's rows.
  /// - Throws: ``RunError`` for a task that cannot be run, `ModelError` for a model that is missing,
  ///   and `StoreError` for the cache.
  public init(
    _ loaded: LoadedTask, models: ModelSet, body: (any ProgramBody)? = nil,
    options: RunOptions = RunOptions()
  ) throws {
    try TaskCheck.check(loaded.task, dev: 1, models: models)
    task = loaded.task
    splits = loaded.splits
    let header = RunHeader(
      task: loaded.task, models: models.identities, dataDigest: "", sealedTest: Data(),
      started: options.clock.now())
    session = try RunSession(
      header: header, train: splits.train, dev: splits.dev, models: models, options: options,
      store: try RunStore.inMemory(header: header),
      cache: try options.cache.map { try CallCache($0, maximumBytes: options.cacheBytes) },
      body: body)
  }

  /// What was used so far.
  public var spend: Spend { session.spend }

  /// How far the evaluation is.
  public var progress: RunProgress { session.progress(maximumCalls: 0) }

  /// Evaluates candidates on all rows of a split; `test` breaks the seal.
  ///
  /// Costs one task call for each candidate and row, two with a final turn or a judge.
  /// - Throws: `BudgetExhausted`, ``RunError`` and `ModelError`.
  public func evaluate(_ candidates: [Candidate], on split: Split) async throws -> [Evaluation] {
    let rows = try rows(of: split)
    return try await session.evaluate(candidates.map { EvaluationRequest($0, on: rows) })
  }

  /// Evaluates two candidates on the same rows and compares them in pairs.
  /// - Throws: as ``evaluate(_:on:)``, and ``RunError/notComparable(_:)`` when no row has a counted
  ///   outcome under both.
  public func compare(
    _ first: Candidate, _ second: Candidate, on split: Split
  ) async throws -> (first: Evaluation, second: Evaluation, comparison: PairedComparison) {
    let evaluations = try await evaluate([first, second], on: split)
    guard let one = evaluations.first, let other = evaluations.last,
      let comparison = PairedComparison(
        first: one, second: other, binary: task.metric.isBinary, seed: task.seed)
    else {
      throw RunError.notComparable("no row of \(split.rawValue) has a counted outcome under both")
    }
    return (one, other, comparison)
  }

  /// The rows of a split.
  private func rows(of split: Split) throws(RunError) -> [Example] {
    let rows =
      switch split {
      case .train: splits.train
      case .dev: splits.dev
      case .test: splits.test.open()
      }
    guard !rows.isEmpty else { throw .badTask("the \(split.rawValue) split has no rows") }
    return rows
  }
}
