// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore

/// The part of a batch that fits into the budget.
///
/// Requests are reserved in order, each different one once, whether or not it is recorded already:
/// so a replay admits the same. From the first that does not fit none is answered.
struct Admission {
  /// The batch's number in the run.
  var batch: Int
  /// The first index of each different request that is admitted, in order.
  var first: [Int] = []
  /// The limit that ended it, or nil when all are admitted.
  var exhausted: BudgetExhausted?

  init<Call: RecordedCall>(
    _ calls: [Call], keys: [RequestKey], price: TokenPrice?, in state: inout SessionState
  ) {
    state.batches += 1
    batch = state.batches
    var seen: Set<RequestKey> = []
    for (index, call) in calls.enumerated() where seen.insert(keys[index]).inserted {
      if Call.isModelCall, !state.charged.contains(keys[index]) {
        do throws(BudgetExhausted) {
          try state.ledger.reserve(call.worstCase(price))
        } catch {
          exhausted = error
          break
        }
      }
      first.append(index)
    }
    state.answeredInBatch = 0
    state.batchSize = first.count
  }
}
