// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// What the frozen part of a prompter computes for texts, kept so that it is computed once.
public struct KeptStates: Sendable {
  /// Normalized hidden states before each target, `[rows, hiddenSize]`.
  public let states: Tensor
  /// The token to be written after each.
  public let targets: [Int32]

  /// Creates kept states.
  public init(states: Tensor, targets: [Int32]) {
    self.states = states
    self.targets = targets
  }

  /// Computes the states of texts.
  ///
  /// Takes the time of one pass without gradients, and four bytes for each value: 2.3 kB a target with
  /// the default model.
  /// - Throws: ``TrainingError`` of kind `badData` for no texts, `CancellationError`, or `TensorError`.
  public init(
    of sequences: [TokenSequence], model: DecoderModel, adapter: LowRankAdapter?, batchSize: Int = 4
  ) throws {
    var rows: [Tensor] = []
    var targets: [Int32] = []
    for batch in TokenBatch.batches(of: sequences, size: batchSize, seed: 0, epoch: 0) {
      try Task.checkCancellation()
      let all = try model.hiddenStates(of: batch, adapter: adapter)
      let kept = try model.normalized(all.taking(batch.places))
      // Computed now, so that what lies before is freed.
      try Tensor.evaluate([kept])
      rows.append(kept)
      targets += batch.targets
    }
    guard !targets.isEmpty else {
      throw TrainingError(.badData, "There are no texts with something to be written.")
    }
    self.init(states: try Tensor.joined(rows, axis: 0), targets: targets)
    try Tensor.evaluate([states])
  }

  /// The first rows, or all where there are fewer.
  public func first(_ count: Int) throws -> KeptStates {
    try part((0..<Int32(clamping: min(max(1, count), targets.count))).map { $0 })
  }

  /// The rows at some places.
  func part(_ places: [Int32]) throws -> KeptStates {
    KeptStates(
      states: try states.taking(places), targets: places.map { targets[Int($0)] })
  }
}
