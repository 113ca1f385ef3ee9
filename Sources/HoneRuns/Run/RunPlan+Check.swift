// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RunPlan {
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
