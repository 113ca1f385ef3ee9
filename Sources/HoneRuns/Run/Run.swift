// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A run in its folder, held by this process alone.
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

  /// The run's name, which is its folder's.
  public var name: String { folder.lastPathComponent }

  init(folder: URL, task: PromptTask, plan: RunPlan) {
    self.folder = folder
    self.task = task
    self.plan = plan
  }

  /// Makes a run's folder and stores the task and its rows; nothing is sent yet.
  /// - Throws: ``BudgetTooSmall``, ``RunError`` for a task that cannot be run, and `StoreError`.
  public static func create(
    _ loaded: LoadedTask, models: ModelSet, optimizer: any Optimizer, in catalog: RunCatalog,
    options: RunOptions = RunOptions()
  ) throws -> Run {
    throw RunError.badTask("runs cannot be created yet")
  }

  /// Takes up a run that was stopped, failed or killed.
  /// - Throws: ``RunError`` when it is finished or was made with other models, and `StoreError` when
  ///   another process works on it or its file cannot be read.
  public static func resume(
    _ folder: URL, models: ModelSet, optimizer: any Optimizer, options: RunOptions = RunOptions()
  ) throws -> Run {
    throw RunError.badTask("runs cannot be resumed yet")
  }

  /// How far the run is.
  public var progress: RunProgress {
    RunProgress(
      spend: Spend(), budget: task.budget, answeredInBatch: 0, batch: 0, cachedCalls: 0,
      maximumCalls: plan.maximumCalls)
  }

  /// Searches, unseals the test rows, tests the seed and the best prompt on them, and writes
  /// `result.json`, `prompt.txt` and `messages.json` into the folder.
  ///
  /// `onEvent` is told everything that happens, on a resumed run also what happened before, with the
  /// times of then.
  /// - Throws: `RunInterrupted` or `CancellationError` when stopped, ``RunError`` and `ModelError`
  ///   when it cannot go on; in each case the run can be resumed.
  public func perform(
    interrupt: Interrupt = Interrupt(), onEvent: @escaping @Sendable (TimedEvent) -> Void = { _ in }
  ) async throws -> RunRecord {
    throw RunError.badTask("runs cannot be performed yet")
  }
}
