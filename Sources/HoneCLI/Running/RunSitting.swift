// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneReport
import HoneRuns
import Synchronization

/// One sitting of a run: performs it, shows it, and stops it when the user asks.
struct RunSitting: Sendable {
  let run: Run
  let model: String
  let form: RunDisplay.Form
  let console: Console
  /// What services tell meanwhile.
  let news: ServiceNews
  /// The run as it is named on the command line, for advice.
  let runArgument: String

  /// Performs the run to its end and says what came out.
  /// - Throws: `CommandEnd` with code 5 when interrupted, and whatever the run fails with.
  func perform() async throws {
    let display = RunDisplay(
      RunView(
        task: run.task.name, optimizer: run.task.optimizer.name, model: model,
        budget: run.task.budget, expectedCalls: run.plan.maximumCalls),
      form: form, console: console)
    let record: RunRecord
    do {
      record = try await work(display)
      display.end()
    } catch {
      display.end()
      try? RunPage(folder: run.folder, console: console).write()
      guard error is RunInterrupted || error is CancellationError else {
        console.error("The run is saved; when the cause is gone: hone resume \(runArgument)")
        throw error
      }
      console.error("Stopped; everything so far is saved. Go on with: hone resume \(runArgument)")
      throw CommandEnd(code: .interrupted)
    }
    try RunEnding(record: record, folder: run.folder, form: form, console: console).show()
  }

  private func work(_ display: RunDisplay) async throws -> RunRecord {
    let interrupt = Interrupt()
    let run = run
    if form != .quiet { news.show { display.say($0) } }
    let work = Task { try await run.perform(interrupt: interrupt) { display.take($0) } }
    let drawing = Task { await display.follow { run.progress } }
    let signals = InterruptSignals { count in
      if count == 1 {
        interrupt.request()
        display.say("Stopping after this step; once more to stop at once. Nothing is lost.")
      } else {
        work.cancel()
      }
    }
    defer {
      drawing.cancel()
      signals.end()
    }
    return try await work.value
  }
}
