// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HonePrograms
import HoneStore

/// What a session keeps in memory: counters and keys, no responses.
struct SessionState: Sendable {
  var ledger: Ledger
  var window: FailureWindow
  /// The calls charged in this sitting; a repeated request is charged once.
  var charged: Set<RequestKey> = []
  /// Batches so far; decisions about time are named by it.
  var batches = 0
  /// How often the optimizer asked what remains.
  var questions = 0
  /// Events so far.
  var events = 0
  /// What happened in earlier sittings, with the times of then.
  var story: [TimedEvent]
  /// Whether the search is over and the final test runs, which the limit of time does not stop.
  var isFinal = false
  var cachedCalls = 0
  var answeredInBatch = 0
  var batchSize = 0
  /// The longest final test of a candidate seen so far, beside the seed's.
  var finalTestOfBest = CallEstimate()
  /// The candidates ``finalTestOfBest`` knows.
  var estimated: Set<String> = []
  /// The indexes of stages that retrieve, once opened.
  var indexes: [String: any PassageSearch]?
  /// An error met where none could be thrown; the next call throws it.
  var failure: (any Error)?
}
