// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a run will need, worked out before anything is sent: the dry run.
public struct RunPlan: Sendable, Hashable {
  /// The task's limits.
  public let budget: Budget
  /// Calls of one evaluation of one example.
  public let callsPerExample: Int
  /// Calls of the search: the least with which it can do one step, and the most it will use.
  public let search: SearchCost
  /// Calls of the final test of the seed and the best prompt.
  public let finalTestCalls: Int
  /// Tokens of the final test at most, with the seed's prompt for both.
  public let finalTestTokens: Int

  /// Works out what an optimizer needs for a task; the test rows stay sealed.
  /// - Throws: ``RunError/badTask(_:)`` when a row cannot be put into the prompt.
  public init(
    _ loaded: LoadedTask, optimizer: any Optimizer, options: RunOptions = RunOptions()
  ) throws {
    try self.init(
      loaded.task, train: loaded.splits.train.count, dev: loaded.splits.dev.count,
      finalTest: FinalTestCost(
        loaded.task, inputs: loaded.splits.test.inputs, price: options.prices[.task]),
      optimizer: optimizer)
  }

  init(
    _ task: PromptTask, train: Int, dev: Int, finalTest: FinalTestCost, optimizer: any Optimizer
  ) {
    budget = task.budget
    callsPerExample = task.callsPerExample
    search = optimizer.cost(
      of: TaskFacts(
        train: train, dev: dev, callsPerExample: task.callsPerExample,
        stages: task.program.stages.count))
    finalTestCalls = 2 * finalTest.estimate.calls
    finalTestTokens = 2 * finalTest.estimate.tokens
  }

  /// The calls below which the run is refused.
  public var minimumCalls: Int { search.minimum + finalTestCalls }

  /// The tokens below which the run is refused: the final test's at most, and as much for each call
  /// of the search.
  public var minimumTokens: Int {
    guard finalTestCalls > 0 else { return 0 }
    return finalTestTokens + finalTestTokens * search.minimum / finalTestCalls
  }

  /// The calls the run makes at most: the full search, or what the budget allows.
  public var maximumCalls: Int {
    let full = search.maximum + finalTestCalls
    return budget.calls.map { min($0, full) } ?? full
  }

  /// Checks that the budget holds one step of the search and the final test.
  /// - Throws: ``BudgetTooSmall`` with the number that is needed.
  public func check() throws(BudgetTooSmall) {
    if let calls = budget.calls, calls < minimumCalls {
      throw BudgetTooSmall(
        limit: .calls, given: calls, needed: minimumCalls, finalTest: finalTestCalls)
    }
    if let tokens = budget.tokens, tokens < minimumTokens {
      throw BudgetTooSmall(
        limit: .tokens, given: tokens, needed: minimumTokens, finalTest: finalTestTokens)
    }
  }
}
