// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// All that a training has to remember to go on exactly where it was.
public struct TrainingState: Sendable {
  /// What is counted and compared; small, kept as JSON.
  public struct Counters: Sendable, Hashable, Codable {
    /// Updates made.
    public var step = 0
    /// The epoch, counted from 0.
    public var epoch = 0
    /// Batches of the epoch that were seen.
    public var batch = 0
    /// The loss on validation texts before the first update.
    public var startingLoss: Double?
    /// The last loss on validation texts.
    public var validationLoss: Double?
    /// The lowest one.
    public var bestLoss: Double?
    /// Measurements since then.
    public var withoutGain = 0
    /// The last update's loss.
    public var loss = 0.0

    /// Creates the counters of a beginning.
    public init() {}
  }

  /// What is counted.
  public var counters = Counters()
  /// The adapter as it is.
  public var adapter: LowRankAdapter
  /// The adapter that measured best.
  public var best: LowRankAdapter
  /// The optimizer with its moments.
  public var optimizer: AdamW

  /// Creates the state of a beginning.
  public init(adapter: LowRankAdapter, optimizer: AdamW) {
    self.adapter = adapter
    best = adapter
    self.optimizer = optimizer
  }
}
