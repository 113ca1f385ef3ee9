// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneRuns
import HoneStore

extension OptimizerConformance {
  /// Checks that a cancelled run ends at once, without another call.
  public func checkCancellation() async throws {
    let total = try await observe().calls
    for point in points(below: total, count: 3) {
      let counter = CallCounter()
      let folder = try TemporaryFolder()
      let run = try newRun(in: folder, counter: counter, cancelledAt: point)
      try await requireCancellation(of: run, at: point)
      try require(
        "a cancelled run makes no more calls", counter.value <= point + 1,
        "\(counter.value) calls, cancelled at \(point)")
    }
  }

  /// Checks that runs stopped at random points go on to exactly the result of one that was not, and
  /// pay for each call once.
  public func checkResume(points count: Int = 6) async throws {
    let whole = try await observe()
    for point in points(below: whole.calls, count: count) {
      let counter = CallCounter()
      let folder = try TemporaryFolder()
      var run: Run? = try newRun(in: folder, counter: counter, cancelledAt: point)
      guard let url = run?.folder else { continue }
      if let run { try await requireCancellation(of: run, at: point) }
      run = nil
      let recorded = try RunStore.look(at: url).journalCount()
      let before = counter.value
      let resumed = try await Run.resume(
        url, models: makeModels { counter.count() }, optimizer: optimizer,
        options: ScriptedRun.options
      ).perform()
      try require(
        "a resumed run equals an uninterrupted one",
        try ScriptedRun.bytes(of: resumed) == whole.bytes,
        "stopped at call \(point): " + Self.difference(whole.record, resumed))
      try require(
        "a resumed run makes only the calls that are missing",
        counter.value - before == whole.calls - recorded,
        "stopped at call \(point): \(counter.value - before) calls made, "
          + "\(whole.calls - recorded) were missing")
    }
  }

  private func newRun(
    in folder: TemporaryFolder, counter: CallCounter, cancelledAt point: Int
  ) throws -> Run {
    let models = makeModels {
      // A scripted model answers in the task that performs the run.
      if counter.count() == point { withUnsafeCurrentTask { $0?.cancel() } }
    }
    return try Run.create(
      makeTask(1, Budget()) {}, models: models, optimizer: optimizer, in: RunCatalog(folder.url),
      options: ScriptedRun.options)
  }

  private func requireCancellation(of run: Run, at point: Int) async throws {
    do {
      _ = try await Task { try await run.perform() }.value
    } catch is CancellationError {
      return
    }
    throw ConformanceFailure(
      "\(optimizer.name): a cancelled run throws CancellationError",
      "cancelled at call \(point), it went on to its end")
  }

  /// Points of a run, drawn; the last call is left out, as there is nothing to stop after it.
  private func points(below total: Int, count: Int) -> [Int] {
    var random = SeededGenerator(seed: UInt64(total))
    return (0..<count).map { _ in 1 + random.nextIndex(below: max(1, total - 1)) }
  }
}
