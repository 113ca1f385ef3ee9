// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneStore
import Synchronization

/// A run in its folder, held by this process alone until the object is gone.
///
/// ```swift
/// let run = try Run.create(
///   loaded, models: models, optimizer: optimizer, in: RunCatalog(folder))
/// let record = try await run.perform { event in show(event) }
/// ```
public final class Run: Sendable {
  /// The run's folder.
  public let folder: URL
  /// The task as it is run.
  public let task: PromptTask
  /// What the run needs at most.
  public let plan: RunPlan

  let models: ModelSet
  let optimizer: any Optimizer
  let body: (any ProgramBody)?
  let options: RunOptions
  let store: RunStore
  let cache: CallCache?
  let train: [Example]
  let dev: [Example]
  let test: SealedExamples
  let finalTest: FinalTestCost
  /// The session at work or, after it, the last one.
  let session = Mutex<RunSession?>(nil)
  let isAtWork = Atomic<Bool>(false)

  /// The run's name, which is its folder's.
  public var name: String { folder.lastPathComponent }

  init(
    store: RunStore, task: PromptTask, splits: DataSplits, models: ModelSet,
    optimizer: any Optimizer, body: (any ProgramBody)?, options: RunOptions
  ) throws {
    folder = store.folder.url
    self.task = task
    self.store = store
    self.models = models
    self.optimizer = optimizer
    self.body = body
    var options = options
    options.prices = try store.keptPrices(options.prices)
    self.options = options
    train = splits.train
    dev = splits.dev
    test = splits.test
    cache = try options.cache.map { try CallCache($0, maximumBytes: options.cacheBytes) }
    finalTest = try FinalTestCost(
      task, inputs: splits.test.inputs, prices: options.prices)
    plan = try RunPlan(
      LoadedTask(task: task, splits: splits), optimizer: optimizer, options: options)
  }

  /// How far the run is, for a view that looks now and then.
  public var progress: RunProgress {
    guard let session = session.withLock({ $0 }) else {
      return RunProgress(
        spend: Spend(), budget: task.budget, answeredInBatch: 0, batch: 0, cachedCalls: 0,
        maximumCalls: plan.maximumCalls)
    }
    return session.progress(maximumCalls: plan.maximumCalls)
  }
}
