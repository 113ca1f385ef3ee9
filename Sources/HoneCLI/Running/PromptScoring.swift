// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneModelFiles
import HoneReport
import HoneRuns

/// Scores prompts on a split, with progress and a warning before the test split is opened.
struct PromptScoring: Sendable {
  let loaded: LoadedTask
  let split: Split
  let models: ModelOptions
  let cache: CacheOptions
  let console: Console
  let isQuiet: Bool

  /// Scores one prompt.
  func evaluate(_ candidate: Candidate) async throws -> Evaluation {
    try await work { run in
      let found = try await run.evaluate([candidate], on: split)
      guard let first = found.first else {
        throw CommandFailure(.internalError, "the evaluation of one prompt gave none")
      }
      return first
    }
  }

  /// Scores two prompts on the same rows and compares them.
  func compare(
    _ first: Candidate, _ second: Candidate
  ) async throws -> (first: Evaluation, second: Evaluation, comparison: PairedComparison) {
    try await work { try await $0.compare(first, second, on: split) }
  }

  private func work<Result: Sendable>(
    _ body: @escaping @Sendable (EvaluationRun) async throws -> Result
  ) async throws -> Result {
    guard count > 0 else {
      throw CommandFailure.mistake("the task has no \(split.rawValue) rows")
    }
    if split == .test {
      console.error(
        "note: this opens the sealed test split. A prompt that is chosen or changed by what comes "
          + "out has no honest test score any more.")
    }
    let opening = ModelOpening(
      library: ModelLibrary(), weights: models.weights, console: console, isQuiet: isQuiet,
      news: ServiceNews(console: console, isQuiet: isQuiet))
    let set = try await opening.models(for: loaded.task)
    // The task's limits are those of its searches.
    var loaded = loaded
    loaded.task.budget = Budget()
    var options = cache.options
    options.prices = try TaskPrices(loaded.task, environment: opening.environment).byRole
    let run = try EvaluationRun(loaded, models: set, options: options)
    let job = Task { try await body(run) }
    let drawing = Task { await follow(run) }
    let signals = InterruptSignals { _ in job.cancel() }
    defer {
      drawing.cancel()
      signals.end()
    }
    let result = try await job.value
    drawing.cancel()
    await drawing.value
    return result
  }

  private var count: Int {
    switch split {
    case .train: loaded.splits.train.count
    case .dev: loaded.splits.dev.count
    case .test: loaded.splits.test.count
    }
  }

  /// Shows how far it is, after the first two seconds.
  private func follow(_ run: EvaluationRun) async {
    guard !isQuiet else { return }
    let region = LiveRegion(console: console)
    let start = ProcessInfo.processInfo.systemUptime
    var lastLine = start
    while !Task.isCancelled {
      let now = ProcessInfo.processInfo.systemUptime
      if console.isTerminal, now - start > 2 {
        region.show(lines(run.progress, elapsed: now - start))
      } else if now - lastLine > 10 {
        lastLine = now
        console.error("\(run.progress.answeredInBatch) of \(run.progress.batch) calls answered")
      }
      try? await Task.sleep(for: .milliseconds(200))
    }
    region.clear()
  }

  private func lines(_ progress: RunProgress, elapsed: Double) -> [String] {
    let bar = ProgressBar(
      done: Double(progress.answeredInBatch), of: Double(progress.batch), elapsed: elapsed)
    var spend = progress.spend
    spend.seconds = elapsed
    let columns = console.size.columns
    return [
      bar.text(columns: columns, style: console.errorStyle),
      DisplayWidth.cut(BudgetUse(spend: spend, budget: Budget()).text, to: columns),
    ]
  }
}
