// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a run will need, worked out before anything is sent: the dry run.
public struct RunPlan: Sendable, Hashable {
  /// The task's limits.
  public let budget: Budget
  /// Calls of one evaluation of one example at most, replies that are asked for again among them.
  public let callsPerExample: Int
  /// Calls of one evaluation of one example where every reply can be read.
  public let usualCallsPerExample: Int
  /// Calls of the search: the least with which it can do one step when every reply can be read, and the
  /// most it will use.
  public let search: SearchCost
  /// Calls of the final test of the seed and the best prompt.
  public let finalTestCalls: Int
  /// Tokens of the final test at most, with the seed's prompt for both.
  public let finalTestTokens: Int
  /// Tokens that a call of the task model reads and writes at most with the seed's prompt, on average
  /// over the test rows, or the dev rows where there are none.
  public let tokensPerCall: Double
  /// The dollars of such a call; nil when the task model's price is not known.
  public let dollarsPerCall: Double?

  /// Works out what an optimizer needs for a task; the test rows stay sealed.
  /// - Throws: ``RunError/badTask(_:)`` when a row cannot be put into the prompt.
  public init(
    _ loaded: LoadedTask, optimizer: any Optimizer, options: RunOptions = RunOptions()
  ) throws {
    let (task, splits) = (loaded.task, loaded.splits)
    budget = task.budget
    callsPerExample = task.callsPerExample
    usualCallsPerExample =
      task.callsPerExample - task.program.callsPerExample + task.program.usualCalls
    func cost(callsPerExample: Int) -> SearchCost {
      optimizer.cost(
        of: TaskFacts(
          train: splits.train.count, dev: splits.dev.count, callsPerExample: callsPerExample,
          stages: task.program.askedStages.count))
    }
    search = SearchCost(
      minimum: cost(callsPerExample: usualCallsPerExample).minimum,
      maximum: cost(callsPerExample: task.callsPerExample).maximum)
    let finalTest = try FinalTestCost(task, inputs: splits.test.inputs, prices: options.prices)
    finalTestCalls = 2 * finalTest.estimate.calls
    finalTestTokens = 2 * finalTest.estimate.tokens
    // Without test rows the dev rows tell how long a request is.
    let sample =
      splits.test.count > 0
      ? finalTest : try FinalTestCost(task, inputs: splits.dev, prices: options.prices)
    let calls = Double(max(1, sample.estimate.calls))
    tokensPerCall = Double(sample.estimate.tokens) / calls
    dollarsPerCall = options.prices[.task] == nil ? nil : sample.estimate.dollars / calls
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

  /// The dollars of the final test at most; nil when the task model's price is not known.
  public var finalTestDollars: Double? { dollarsPerCall.map { $0 * Double(finalTestCalls) } }

  /// The dollars of all calls at most, each reckoned as one of the task model with the seed's prompt,
  /// or what the budget allows; nil when the task model's price is not known.
  public var maximumDollars: Double? {
    dollarsPerCall.map { min($0 * Double(maximumCalls), budget.dollars ?? .infinity) }
  }

  /// The tokens of all calls at most, reckoned in the same way.
  public var maximumTokens: Int {
    let tokens = (tokensPerCall * Double(maximumCalls)).rounded(.up)
    return min(Int(min(tokens, 1e15)), budget.tokens ?? .max)
  }

  /// Checks that the budget holds one step of the search and the final test.
  /// - Throws: ``BudgetTooSmall`` with the number that is needed.
  public func check() throws(BudgetTooSmall) {
    if let calls = budget.calls, calls < minimumCalls {
      throw BudgetTooSmall(
        limit: .calls, given: Double(calls), needed: Double(minimumCalls),
        finalTest: Double(finalTestCalls))
    }
    if let tokens = budget.tokens, tokens < minimumTokens {
      throw BudgetTooSmall(
        limit: .tokens, given: Double(tokens), needed: Double(minimumTokens),
        finalTest: Double(finalTestTokens))
    }
    if let dollars = budget.dollars, let call = dollarsPerCall {
      let needed = call * Double(minimumCalls)
      guard dollars < needed else { return }
      throw BudgetTooSmall(
        limit: .dollars, given: dollars, needed: needed, finalTest: call * Double(finalTestCalls))
    }
  }
}
