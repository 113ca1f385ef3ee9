// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HonePrograms
import HoneStore
import Synchronization

/// The session of a run: journal first, then the cache across runs, then the model.
///
/// Everything an optimizer learns comes from requests that are keyed by their content, so the same
/// task, seed and journal make the same run. A call answered from the cache is charged its call and
/// tokens, so the cache does not change the result; it costs no money and hardly any time.
///
/// Methods are called one after the other, not at once: batches are numbered in the order they come.
final class RunSession: OptimizationSession, Sendable {
  let task: PromptTask
  let train: [Example]
  let dev: [Example]
  let models: ModelSet
  /// The program's control flow; nil for its stages one after the other.
  let body: (any ProgramBody)?
  let options: RunOptions
  let store: RunStore
  let cache: CallCache?
  let state: Mutex<SessionState>
  private let interrupt: Interrupt
  private let onEvent: @Sendable (TimedEvent) -> Void
  /// Seconds of earlier sittings.
  private let secondsBefore: Double
  private let start: Double
  /// What the final test of a candidate takes; nil when there is none.
  let finalTestCost: FinalTestCost?
  /// Failures recorded up to this place of the journal are tried again.
  let retriedUpTo: Int64

  init(
    header: RunHeader, train: [Example], dev: [Example], models: ModelSet, options: RunOptions,
    store: RunStore, cache: CallCache?, body: (any ProgramBody)? = nil,
    finalTest: FinalTestCost? = nil,
    interrupt: Interrupt = Interrupt(),
    onEvent: @escaping @Sendable (TimedEvent) -> Void = { _ in }
  ) throws {
    task = header.task
    self.train = train
    self.dev = dev
    self.models = models
    self.body = body
    self.options = options
    self.store = store
    self.cache = cache
    self.interrupt = interrupt
    self.onEvent = onEvent
    secondsBefore = header.seconds
    start = options.clock.seconds()
    retriedUpTo = try store.decision(DecisionName.retry, as: Bool.self)?.after ?? 0
    finalTestCost = finalTest
    state = Mutex(
      SessionState(
        ledger: Ledger(budget: header.task.budget),
        window: FailureWindow(
          size: options.failureWindow,
          share: options.failureShare ?? header.task.budget.failures ?? 0.1),
        story: try store.events()))
    if let finalTest { keepBackFinalTest(seed: finalTest) }
  }

  /// Seconds of all sittings together.
  var seconds: Double { secondsBefore + options.clock.seconds() - start }

  /// What was used so far.
  var spend: Spend {
    var spend = state.withLock { $0.ledger.spend }
    spend.seconds = seconds
    return spend
  }

  /// Calls that were answered from the cache of earlier runs.
  var cachedCalls: Int { state.withLock { $0.cachedCalls } }

  /// How far the run is.
  func progress(maximumCalls: Int) -> RunProgress {
    let spend = spend
    return state.withLock { state in
      RunProgress(
        spend: spend, budget: task.budget, answeredInBatch: state.answeredInBatch,
        batch: state.batchSize, cachedCalls: state.cachedCalls, maximumCalls: maximumCalls)
    }
  }

  func random(_ stream: String) -> SeededGenerator {
    SeededGenerator(seed: task.seed, stream: stream)
  }

  func record(_ event: RunEvent) async throws {
    try Task.checkCancellation()
    if case .proposed(let candidate, _) = event { try store.record(candidate) }
    let now = seconds
    let (position, timed, isNew) = state.withLock { state in
      let position = state.events
      state.events += 1
      if position < state.story.count, state.story[position].event == event {
        return (position, state.story[position], false)
      }
      // The story goes another way than before, as it may after failures were tried again.
      if position < state.story.count { state.story.removeLast(state.story.count - position) }
      let timed = TimedEvent(seconds: now, calls: state.ledger.spend.totalCalls, event: event)
      return (position, timed, true)
    }
    if isNew { try store.record(timed, at: position) }
    onEvent(timed)
    if case .stepFinished = event, interrupt.isRequested {
      try store.flush()
      throw RunInterrupted()
    }
  }
}

/// The names under which decisions are kept.
enum DecisionName {
  static let retry = "retry"
  static let prices = "prices"

  static func timeUp(batch: Int) -> String { "time-up-\(batch)" }

  static func remaining(question: Int) -> String { "remaining-\(question)" }
}
