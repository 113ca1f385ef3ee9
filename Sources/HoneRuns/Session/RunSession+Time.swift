// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore
import Synchronization

extension RunStore {
  /// The prices the run was begun with, or those given, which are kept then.
  ///
  /// What is reserved depends on them, so a replay must see the same.
  func keptPrices(_ given: [ModelRole: TokenPrice]) throws -> [ModelRole: TokenPrice] {
    if let kept = try decision(DecisionName.prices, as: [ModelRole: TokenPrice].self) {
      return kept.value
    }
    try record(decision: DecisionName.prices, given)
    return given
  }
}

/// The limit of time.
///
/// Time is the one thing a replay cannot repeat, so each decision that follows from it is recorded
/// under the number of the batch or question it was taken at, and found there by a replay.
extension RunSession {
  /// What may still be used by the search.
  func remaining() async -> Budget {
    let (budget, question) = state.withLock { state in
      state.questions += 1
      return (state.ledger.remaining, state.questions)
    }
    guard let limit = task.budget.seconds else { return budget }
    var result = budget
    do {
      result.seconds = try recalledSeconds(
        DecisionName.remaining(question: question), max(0, limit - seconds - finalTestSeconds))
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
      result.seconds = 0
    }
    return result
  }

  /// The end of time as an earlier sitting met it in a batch, with the last call it took.
  func recordedTimeUp(batch: Int) throws -> (error: BudgetExhausted, after: Int64)? {
    guard let limit = task.budget.seconds, !state.withLock({ $0.isFinal }),
      let found = try store.decision(DecisionName.timeUp(batch: batch), as: Double.self)
    else { return nil }
    return (BudgetExhausted(limit: .seconds, allowed: limit, needed: found.value), found.after)
  }

  /// The end of time if it is here: what was used and what the final test will take pass the limit.
  func timeUpNow() -> BudgetExhausted? {
    guard let limit = task.budget.seconds, !state.withLock({ $0.isFinal }) else { return nil }
    let needed = ((seconds + finalTestSeconds) * 10).rounded(.up) / 10
    return needed > limit
      ? BudgetExhausted(limit: .seconds, allowed: limit, needed: needed) : nil
  }

  /// Records that time was up in a batch, after the calls it has answered.
  func recordTimeUp(_ error: BudgetExhausted, batch: Int) throws {
    try store.record(decision: DecisionName.timeUp(batch: batch), error.needed)
  }

  /// What the final test will take at the pace of the run so far.
  private var finalTestSeconds: Double {
    let (calls, final) = state.withLock { ($0.ledger.spend.totalCalls, $0.ledger.finalTest.calls) }
    return calls > 0 ? seconds / Double(calls) * Double(final) : 0
  }

  private func recalledSeconds(_ name: String, _ now: Double) throws -> Double {
    if let found = try store.decision(name, as: Double.self) { return found.value }
    try store.record(decision: name, now)
    return now
  }
}
