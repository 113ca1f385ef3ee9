// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneStore
import HoneTesting
import Synchronization
import Testing

@Suite struct BudgetTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func perform(
    _ budget: Budget, models: ModelSet = ReviewTask.models(),
    options: RunOptions = ScriptedRun.options
  ) async throws -> RunRecord {
    try await ScriptedRun.perform(
      ReviewTask.make(budget: budget), optimizer: WordSearch(), models: models, in: folder.url,
      options: options)
  }

  @Test(arguments: [119, 150, 200, 333])
  func `A run makes no more calls than allowed and its final test is paid for`(
    calls: Int
  ) async throws {
    let record = try await perform(Budget(calls: calls))
    #expect(record.spend.totalCalls <= calls)
    #expect(record.result?.bestTest?.results.count == 20)
    #expect(record.spend.totalCalls > calls - 64)
  }

  @Test func `A batch is answered in order as far as the budget goes`() async throws {
    // The seed takes 16 of 119 calls, proposals 3, train rows 12; 40 are kept for the test.
    let record = try await perform(Budget(calls: 119))
    guard case .budget(let end) = record.result?.end else {
      Issue.record("ended with \(String(describing: record.result?.end))")
      return
    }
    #expect(end == BudgetExhausted(limit: .calls, allowed: 119, needed: 120))
    #expect(record.result?.conclusion.contains("p = ") == true)
  }

  @Test func `A budget below the minimum is refused with the number it needs`() async throws {
    let error = await #expect(throws: BudgetTooSmall.self) { try await perform(Budget(calls: 118)) }
    #expect(
      error?.description
        == "the budget of 118 calls is too small: one step of the search and the final test need "
        + "119, of which the test takes 40; raise budget.calls to at least 119 or use fewer examples"
    )
    #expect(try RunCatalog(folder.url).list().isEmpty)
  }

  @Test func `Tokens are reserved with their worst case and never exceeded`() async throws {
    let record = try await perform(Budget(tokens: 9000))
    #expect(record.spend.totalUsage.tokens <= 9000)
    #expect(record.result?.bestTest != nil)
    if case .budget(let end) = record.result?.end { #expect(end.limit == .tokens) }
    await #expect(throws: BudgetTooSmall.self) { try await perform(Budget(tokens: 500)) }
  }

  @Test func `Money is reserved by price and never exceeded`() async throws {
    let writer = ScriptedModel(dollarsPerToken: 0.001, writer: ReviewTask.answer)
    var options = ScriptedRun.options
    options.prices = [
      .task: TokenPrice(prompt: 1000, completion: 1000),
      .optimizer: TokenPrice(prompt: 1000, completion: 1000),
    ]
    let record = try await perform(
      Budget(dollars: 6), models: ModelSet(task: writer, optimizer: writer), options: options)
    #expect(record.spend.totalUsage.dollars <= 6)
    #expect(record.spend.totalUsage.dollars > 0)
    guard case .budget(let end) = record.result?.end else {
      Issue.record("ended with \(String(describing: record.result?.end))")
      return
    }
    #expect(end.limit == .dollars)
  }

  @Test func `Time ends the search, not the test, and a replay ends it at the same call`()
    async throws
  {
    let ticks = Atomic<Int>(0)
    var options = ScriptedRun.options
    options.clock = RunClock(
      seconds: { Double(ticks.load(ordering: .relaxed)) }, now: { .distantPast })
    let model = ReviewTask.model { _ in ticks.add(1, ordering: .relaxed) }
    let run = try Run.create(
      ReviewTask.make(budget: Budget(seconds: 200)), models: ModelSet(task: model),
      optimizer: WordSearch(), in: RunCatalog(folder.url), options: options)
    let interrupt = Interrupt()
    await #expect(throws: RunInterrupted.self) {
      try await run.perform(interrupt: interrupt) { event in
        if case .stepStarted(1, _, _) = event.event { interrupt.request() }
      }
    }
    let record = try await run.perform()
    guard case .budget(let end) = record.result?.end else {
      Issue.record("ended with \(String(describing: record.result?.end))")
      return
    }
    #expect(end.limit == .seconds)
    #expect(record.spend.seconds <= 201)
    #expect(record.result?.bestTest != nil)

    // A recorded model and a clock that runs much faster: the journal decides.
    let copy = folder.url.appending(path: "copy")
    try FileManager.default.copyItem(at: run.folder, to: copy)
    try RunStore.open(copy).finish(.interrupted)
    options.clock = RunClock(
      seconds: { 1e6 * Double(ticks.add(1, ordering: .relaxed).newValue) }, now: { .distantPast })
    let replayed = try await Run.resume(
      copy, models: ModelSet(task: try RecordedModel(run: run.folder)), optimizer: WordSearch(),
      options: options
    ).perform()
    #expect(replayed.result == record.result)
    #expect(replayed.events == record.events)
    #expect(replayed.spend.calls == record.spend.calls)
  }

  @Test func `A dry run says what the run will cost at most`() throws {
    let plan = try RunPlan(ReviewTask.make(budget: Budget()), optimizer: WordSearch())
    // The seed on 16 dev rows; 4 steps of 3 proposals on 4 train and 16 dev rows; 2 tests of 20.
    #expect(plan.maximumCalls == 16 + 4 * 3 * (1 + 4 + 16) + 40)
    #expect(plan.minimumCalls == 16 + 3 * (1 + 4 + 16) + 40)
    let limited = try RunPlan(ReviewTask.make(budget: Budget(calls: 200)), optimizer: WordSearch())
    #expect(limited.maximumCalls == 200)
  }
}
