// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The best prompter for a reward at a given distance from where it began, in closed form.
///
/// Align-Pro, lemma 1: the distribution ρ* that maximizes E[r] − λ · KL(ρ ‖ ρ₀) gives each rewrite
/// the chance ρ₀ · exp(r / λ), up to a common factor.
public struct RewardTilt: Sendable, Hashable {
  /// What a nat of divergence costs, in units of the reward; more than 0.
  public let weight: Double

  /// Creates the closed form.
  /// - Throws: ``TrainingError`` of kind `badSettings` unless the weight is positive.
  public init(weight: Double) throws(TrainingError) {
    guard weight > 0, weight.isFinite else {
      throw TrainingError(
        .badSettings, "The weight of the divergence is \(weight), required is a positive number.")
    }
    self.weight = weight
  }

  /// The chances of rewrites whose chances were `base`.
  public func chances(base: [Double], rewards: [Double]) -> [Double] {
    normalized(
      zip(base, rewards).map { chance, reward in
        chance > 0 ? log(chance) + reward / weight : -.infinity
      })
  }

  /// The chances with which to choose among rewrites that were drawn from where the prompter began.
  ///
  /// With many rewrites this draws from the best prompter without any training.
  public func chances(ofDrawn rewards: [Double]) -> [Double] {
    normalized(rewards.map { $0 / weight })
  }

  /// How many evenly weighted draws are as good as draws of these chances.
  public static func effectiveCount(_ chances: [Double]) -> Double {
    let squares = chances.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? 1 / squares : 0
  }

  /// KL(chances ‖ base) in nats.
  public static func divergence(of chances: [Double], from base: [Double]) -> Double {
    zip(chances, base).reduce(0) { sum, pair in
      guard pair.0 > 0 else { return sum }
      return pair.1 > 0 ? sum + pair.0 * log(pair.0 / pair.1) : .infinity
    }
  }

  private func normalized(_ logs: [Double]) -> [Double] {
    guard let top = logs.max(), top.isFinite else {
      return logs.map { _ in 1 / Double(max(1, logs.count)) }
    }
    let weights = logs.map { exp($0 - top) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
