// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How far a frozen model behind the best prompter may stay behind a model tuned for the reward.
///
/// Align-Pro, theorem 1. The gap is the sum of three steps: from the tuned model to the frozen one,
/// from the user's prompt to the rewrites of the prompter that training began with, and from that
/// prompter to the best one. The first two cost at most the range of the reward times a total
/// variation; the last gains at least λ times the divergence spent.
public struct AlignmentBound: Sendable, Hashable {
  /// The largest reward less the smallest.
  public let rewardRange: Double
  /// The mean total variation between the tuned model's and the frozen model's answers.
  public let tunedDistance: Double
  /// The mean total variation between answers to a prompt and to its rewrites at the beginning.
  public let rewriteDistance: Double
  /// λ times the mean divergence of the best prompter from the beginning.
  public let gain: Double

  /// Creates a bound of its terms.
  public init(rewardRange: Double, tunedDistance: Double, rewriteDistance: Double, gain: Double) {
    self.rewardRange = rewardRange
    self.tunedDistance = tunedDistance
    self.rewriteDistance = rewriteDistance
    self.gain = gain
  }

  /// The most that the gap can be.
  public var gap: Double { rewardRange * (tunedDistance + rewriteDistance) - gain }

  /// Half the summed differences of two distributions.
  public static func totalVariation(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  /// The terms of total variation of answers drawn from one model, whose mean estimates it.
  ///
  /// - Parameters:
  ///   - own: The log-probability of each answer under the model that it was drawn from.
  ///   - other: The log-probability of each answer under the other model.
  /// - Returns: One number in 0…1 an answer.
  public static func totalVariationTerms(own: [Double], other: [Double]) -> [Double] {
    zip(own, other).map { max(0, 1 - exp($1 - $0)) }
  }
}
