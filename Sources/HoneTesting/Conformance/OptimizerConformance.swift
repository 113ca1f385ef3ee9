// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneStore
import Synchronization

/// What every optimizer must do, checked on a small task with scripted models.
///
/// ```swift
/// @Test func `It obeys the contract of optimizers`() async throws {
///   try await OptimizerConformance(optimizer: MyOptimizer()).checkAll()
/// }
/// ```
///
/// Each check performs whole runs in temporary folders and throws a ``ConformanceFailure`` that says
/// what was required and what was seen.
public struct OptimizerConformance: Sendable {
  /// Makes the task for a seed and a budget; the closure is called when the test seal is broken.
  public typealias TaskMaker =
    @Sendable (UInt64, Budget, @escaping @Sendable () -> Void) throws -> LoadedTask
  /// Makes the models; the closure is to be called before each call they answer.
  public typealias ModelMaker = @Sendable (@escaping @Sendable () -> Void) -> ModelSet

  /// The optimizer to check.
  public let optimizer: any Optimizer
  /// Whether another seed is expected to make another run.
  public let isRandom: Bool
  let makeTask: TaskMaker
  let makeModels: ModelMaker

  /// Creates the checks of an optimizer, on ``ReviewTask`` if nothing else is said.
  public init(
    optimizer: any Optimizer, isRandom: Bool = true,
    task: @escaping TaskMaker = { seed, budget, opened in
      try ReviewTask.make(seed: seed, budget: budget, onTestOpened: opened)
    },
    models: @escaping ModelMaker = { called in ReviewTask.models { _ in called() } }
  ) {
    self.optimizer = optimizer
    self.isRandom = isRandom
    makeTask = task
    makeModels = models
  }

  /// Carries out every check.
  /// - Throws: ``ConformanceFailure`` for the first rule that is broken, or what a run threw.
  public func checkAll() async throws {
    try await checkBudget()
    try await checkBestCandidate()
    try await checkSeeds()
    try await checkSealedTest()
    try await checkCancellation()
    try await checkResume()
    try await checkNonsense()
  }

  /// What one run did.
  struct Observation: Sendable {
    var record: RunRecord
    var calls: Int
    var bytes: Data
  }

  /// Performs a run to its end.
  func observe(seed: UInt64 = 1, budget: Budget = Budget()) async throws -> Observation {
    let counter = CallCounter()
    let folder = try TemporaryFolder()
    let record = try await ScriptedRun.perform(
      makeTask(seed, budget) {}, optimizer: optimizer, models: makeModels { counter.count() },
      in: folder.url)
    return Observation(
      record: record, calls: counter.value, bytes: try ScriptedRun.bytes(of: record))
  }

  func require(_ rule: String, _ holds: Bool, _ found: @autoclosure () -> String) throws {
    guard !holds else { return }
    throw ConformanceFailure("\(optimizer.name): \(rule)", found())
  }
}

/// A counter of calls, safe to be called from anywhere.
final class CallCounter: Sendable {
  private let calls = Atomic<Int>(0)

  var value: Int { calls.load(ordering: .acquiring) }

  @discardableResult func count() -> Int {
    calls.add(1, ordering: .acquiringAndReleasing).newValue
  }
}
