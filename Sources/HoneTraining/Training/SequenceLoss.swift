// SPDX-License-Identifier: Apache-2.0

import HoneMLX

extension DecoderModel {
  /// The summed loss of a batch's targets, in nats; divide by their number for the mean.
  ///
  /// The head, the model's largest matrix, is computed at the places of targets only.
  public func loss(
    of batch: TokenBatch, adapter: LowRankAdapter? = nil, recomputes: Bool = false
  ) throws -> Tensor {
    let states = try hiddenStates(of: batch, adapter: adapter, recomputes: recomputes)
    let rows = try normalized(states.taking(batch.places))
    return try logits(of: rows).crossEntropy(targets: batch.targets).reduced(.sum)
  }

  /// The log-probability of every target of a batch, in their order.
  public func logProbabilities(
    of batch: TokenBatch, adapter: LowRankAdapter? = nil
  ) throws -> Tensor {
    let states = try hiddenStates(of: batch, adapter: adapter)
    let rows = try normalized(states.taking(batch.places))
    return try logits(of: rows).crossEntropy(targets: batch.targets).mapped(.negative)
  }

  /// The mean loss over all targets of texts, in nats a token.
  public func meanLoss(
    of sequences: [TokenSequence], batchSize: Int, adapter: LowRankAdapter? = nil
  ) throws -> Double {
    var total = 0.0
    var count = 0
    for batch in TokenBatch.batches(of: sequences, size: batchSize, seed: 0, epoch: 0) {
      total += Double(try loss(of: batch, adapter: adapter).number())
      count += batch.targets.count
    }
    return total / Double(max(1, count))
  }
}
