// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// Losses that move a model towards what was rewarded.
///
/// Each is a mean over its rows.
public enum PolicyLoss {
  /// The clipped loss of PPO.
  ///
  /// John Schulman et al., Proximal Policy Optimization Algorithms, arXiv:1707.06347, equation 7.
  /// - Parameters:
  ///   - now: Log-probabilities of what was drawn, `[rows]`; the gradient passes here.
  ///   - then: The same when it was drawn.
  ///   - advantages: How much better each was than expected.
  ///   - clip: How far the ratio of probabilities may leave 1 before it stops to count.
  /// - Returns: One number.
  /// - Throws: `TensorError` when the numbers of rows differ.
  public static func clipped(
    now: Tensor, then: [Float], advantages: [Float], clip: Float = 0.2
  ) throws -> Tensor {
    let rows = [then.count]
    let ratio = try (now - Tensor(then, shape: rows)).mapped(.exponential)
    let advantage = try Tensor(advantages, shape: rows)
    let bounded = try ratio.clamped(to: (1 - clip)...(1 + clip))
    return try (ratio * advantage).minimum(bounded * advantage).reduced(.mean).mapped(.negative)
  }

  /// An estimate of KL(now ‖ reference) that is never negative, from rows drawn from `now`.
  ///
  /// GRPO's third term: exp(d) − d − 1 with d = reference − now (John Schulman's “k3”).
  public static func divergence(now: Tensor, reference: [Float]) throws -> Tensor {
    let difference = try Tensor(reference, shape: [reference.count]) - now
    return try (difference.mapped(.exponential) - difference - 1).reduced(.mean)
  }

  /// How far the model has moved since rows were drawn, in nats a row.
  ///
  /// An estimate of KL(then ‖ now) that is never negative: exp(d) − d − 1 with d = now − then.
  public static func moved(now: Tensor, then: [Float]) throws -> Tensor {
    let difference = try now - Tensor(then, shape: [then.count])
    return try (difference.mapped(.exponential) - difference - 1).reduced(.mean)
  }

  /// The loss of DPO on pairs of a better and a worse text.
  ///
  /// Rafael Rafailov et al., Direct Preference Optimization, arXiv:2305.18290, equation 7. With
  /// weights, pairs that mean different things count less, as in Sem-DPO.
  /// - Parameters:
  ///   - better: Log-probabilities of the better texts, `[rows]`.
  ///   - worse: Log-probabilities of the worse ones.
  ///   - referenceBetter: The better texts under the model that training began with.
  ///   - referenceWorse: The worse ones under it.
  ///   - strength: What differences are multiplied with; β in the paper.
  ///   - weights: What each pair counts; 1 unless given.
  /// - Returns: One number.
  /// - Throws: `TensorError` when the numbers of rows differ.
  public static func preference(
    better: Tensor, worse: Tensor, referenceBetter: [Float], referenceWorse: [Float],
    strength: Float = 0.1, weights: [Float]? = nil
  ) throws -> Tensor {
    let rows = [referenceBetter.count]
    let gain = try better - Tensor(referenceBetter, shape: rows)
    let loss = try worse - Tensor(referenceWorse, shape: rows)
    // -log sigmoid(x) = log(e⁰ + e⁻ˣ), whose slope is right at 0 too, where every training begins.
    let margin = try ((gain - loss) * -strength).reshaped([1, referenceBetter.count])
    let nothing = try Tensor(filledWith: 0, shape: [1, referenceBetter.count])
    let terms = try Tensor.joined([nothing, margin], axis: 0).reduced(.logSumExp, axis: 0)
    guard let weights else { return try terms.reduced(.mean) }
    return try (terms * Tensor(weights, shape: rows)).reduced(.mean)
  }
}
