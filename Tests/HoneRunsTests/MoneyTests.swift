// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneRuns
import HoneTesting
import Testing

@Suite struct MoneyTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Whole dollars for a token, so that sums are exact: the task's are cheap, the optimizer's dear.
  private static let prices: [ModelRole: TokenPrice] = [
    .task: TokenPrice(prompt: 1e6, completion: 2e6),
    .optimizer: TokenPrice(prompt: 5e6, completion: 10e6),
  ]

  private func options(_ prices: [ModelRole: TokenPrice]) -> RunOptions {
    var options = ScriptedRun.options
    options.prices = prices
    return options
  }

  @Test func `Each role is charged by its own price, and a role without one by tokens`()
    async throws
  {
    let record = try await ScriptedRun.perform(
      ReviewTask.make(), optimizer: WordSearch(), models: ReviewTask.models(), in: folder.url,
      options: options([.task: TokenPrice(prompt: 1e6, completion: 2e6)]))
    let task = try #require(record.spend.usage[.task])
    #expect(task.dollars == Double(task.promptTokens + 2 * task.completionTokens))
    #expect(record.spend.usage[.optimizer]?.dollars == 0)
    #expect(record.spend.usage[.optimizer]?.tokens ?? 0 > 0)
  }

  @Test(arguments: [40_000.0, 60_000, 90_000])
  func `Money is never exceeded, over all roles`(dollars: Double) async throws {
    let record = try await ScriptedRun.perform(
      ReviewTask.make(budget: Budget(dollars: dollars)), optimizer: WordSearch(),
      models: ReviewTask.models(), in: folder.url.appending(path: "\(dollars)"),
      options: options(Self.prices))
    #expect(record.spend.totalUsage.dollars <= dollars)
    #expect(record.spend.usage[.optimizer]?.dollars ?? 0 > 0)
    #expect(record.result?.bestTest != nil)
    if case .budget(let end) = record.result?.end { #expect(end.limit == .dollars) }
  }

  @Test func `A resumed run keeps what it spent and the prices it was begun with`() async throws {
    let loaded = try ReviewTask.make(budget: Budget(dollars: 60_000))
    let whole = try await ScriptedRun.perform(
      loaded, optimizer: WordSearch(), models: ReviewTask.models(),
      in: folder.url.appending(path: "whole"), options: options(Self.prices))
    let url = try await begun(loaded)
    // The prices of today are others; the run's reservations are not.
    let resumed = try await Run.resume(
      url, models: ReviewTask.models(), optimizer: WordSearch(),
      options: options([.task: TokenPrice(prompt: 9e6, completion: 9e6)])
    ).perform()
    #expect(resumed.spend == whole.spend)
    #expect(resumed.result == whole.result)
  }

  private func begun(_ loaded: LoadedTask) async throws -> URL {
    let run = try Run.create(
      loaded, models: ReviewTask.models(), optimizer: WordSearch(), in: RunCatalog(folder.url),
      options: options(Self.prices))
    let interrupt = Interrupt()
    interrupt.request()
    await #expect(throws: RunInterrupted.self) { try await run.perform(interrupt: interrupt) }
    return run.folder
  }

  @Test func `A plan reckons money with the price, and refuses too little of it`() throws {
    let loaded = try ReviewTask.make(budget: Budget())
    let free = try RunPlan(loaded, optimizer: WordSearch())
    #expect(free.maximumDollars == nil)
    let plan = try RunPlan(loaded, optimizer: WordSearch(), options: options(Self.prices))
    let call = try #require(plan.dollarsPerCall)
    #expect(call > plan.tokensPerCall)
    #expect(plan.maximumDollars == call * Double(plan.maximumCalls))
    let poor = try RunPlan(
      ReviewTask.make(budget: Budget(dollars: 100)), optimizer: WordSearch(),
      options: options(Self.prices))
    #expect(poor.maximumDollars == 100)
    let error = #expect(throws: BudgetTooSmall.self) { try poor.check() }
    #expect(error?.limit == .dollars)
    #expect(error?.description.contains("raise budget.money to at least") == true)
  }
}
