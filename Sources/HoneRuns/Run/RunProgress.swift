// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// How far a run is, for a live view that looks now and then.
public struct RunProgress: Sendable, Hashable {
  /// What was used so far.
  public var spend: Spend
  /// The limits.
  public var budget: Budget
  /// Calls of the batch at work that are answered.
  public var answeredInBatch: Int
  /// Calls of the batch at work.
  public var batch: Int
  /// Calls that were answered from the cache of earlier runs.
  public var cachedCalls: Int
  /// The calls the whole run will make at most, the final test included.
  public var maximumCalls: Int
}
