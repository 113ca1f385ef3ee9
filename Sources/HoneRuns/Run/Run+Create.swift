// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneStore

extension Run {
  /// Makes a run's folder and stores the task and its rows; nothing is sent yet.
  ///
  /// The test rows are stored sealed, see `SealedExamples.archive()`. Without a name the run gets the
  /// task's with the day and a number. A program with control flow of its own is given as `body`; it is
  /// not stored, so resuming takes the same one again.
  /// - Throws: ``BudgetTooSmall``, ``RunError`` for a task that cannot be run, `ModelError` for a
  ///   model that is missing, and `StoreError`.
  public static func create(
    _ loaded: LoadedTask, models: ModelSet, optimizer: any Optimizer, in catalog: RunCatalog,
    name: String? = nil, body: (any ProgramBody)? = nil, options: RunOptions = RunOptions()
  ) throws -> Run {
    try TaskCheck.check(loaded.task, dev: loaded.splits.dev.count, models: models)
    try RunPlan(loaded, optimizer: optimizer, options: options).check()
    let archive = try loaded.splits.test.archive()
    let started = options.clock.now()
    let header = RunHeader(
      task: loaded.task, models: models.identities,
      dataDigest: try ContentDigest.hex([
        CanonicalJSON.encode(loaded.splits.train), CanonicalJSON.encode(loaded.splits.dev), archive,
      ]),
      sealedTest: archive, started: started)
    let folder = try catalog.makeFolder(
      task: loaded.task.name, date: started, name: name)
    do {
      let store = try RunStore.create(
        in: folder, header: header, train: loaded.splits.train, dev: loaded.splits.dev)
      return try Run(
        store: store, task: loaded.task, splits: loaded.splits, models: models,
        optimizer: optimizer, body: body, options: options)
    } catch {
      // A folder without a run in it would only be in the way.
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
  }

  /// Takes up a run that was stopped, failed or killed.
  ///
  /// - Throws: ``RunError`` when it is finished or was made with other models, and `StoreError` when
  ///   another process works on it or its file cannot be read.
  public static func resume(
    _ folder: URL, models: ModelSet, optimizer: any Optimizer, body: (any ProgramBody)? = nil,
    options: RunOptions = RunOptions()
  ) throws -> Run {
    let store = try RunStore.open(folder)
    let header = try store.header()
    if case .finished = header.status {
      throw RunError.alreadyFinished(name: folder.lastPathComponent)
    }
    try checkModels(models.identities, recorded: header.models)
    let test: SealedExamples
    do {
      test = try SealedExamples(archive: header.sealedTest)
    } catch {
      throw StoreError.damaged(
        file: store.folder.database.path, problem: "the sealed test rows cannot be read")
    }
    return try Run(
      store: store, task: header.task,
      splits: DataSplits(
        train: try store.examples(of: .train), dev: try store.examples(of: .dev), test: test),
      models: models, optimizer: optimizer, body: body, options: options)
  }

  private static func checkModels(
    _ given: [ModelRole: ModelIdentity], recorded: [ModelRole: ModelIdentity]
  ) throws(RunError) {
    for role in ModelRole.allCases {
      guard let before = recorded[role], before.digest != given[role]?.digest else { continue }
      func words(_ identity: ModelIdentity) -> String {
        "\(identity.name) (\(identity.digest.prefix(12)))"
      }
      throw .modelChanged(
        role: role.rawValue, recorded: words(before),
        given: given[role].map(words) ?? "no model")
    }
  }
}
