// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Drops the worse half of the arms after each of ⌈log₂(K ÷ m)⌉ rounds of equal cost.
///
/// The means stand on the pulls of all rounds. What a round cannot use, since its arms have no row
/// left, goes to the later ones. For m = 1 kept of K arms it errs with a chance of at most
/// 3 · log₂ K · exp(−T ÷ (8 · H₂ · log₂ K)) after T pulls (Karnin, Koren and Somekh, "Almost optimal
/// exploration in multi-armed bandits", ICML 2013, where each round has means of its own).
public struct SuccessiveHalving: Bandit {
  /// What was seen of each arm.
  public var tally: ArmTally
  /// The pulls of all arms; at least one an arm.
  public let budget: Int
  /// How many arms are kept.
  public let kept: Int
  /// The number of rounds.
  public let rounds: Int
  private var round = 0
  private var active: [Int]
  private var rejected: [Int] = []

  /// Creates the rule for a number of arms.
  public init(arms: Int, budget: Int, keeping kept: Int = 1, limit: Int = .max) {
    tally = ArmTally(arms: arms, limit: limit)
    self.budget = max(budget, arms)
    self.kept = max(1, kept)
    var rounds = 0
    var size = tally.arms
    while size > self.kept {
      size = max(self.kept, (size + 1) / 2)
      rounds += 1
    }
    self.rounds = max(1, rounds)
    active = Array(tally.pulls.indices)
  }

  /// The pulls of the next round, after the worse half of the last one was dropped.
  public mutating func nextPulls() -> [ArmPulls] {
    while !active.isEmpty, round < rounds {
      if round > 0 { halve() }
      round += 1
      let left = budget - tally.total
      let share = left / (active.count * (rounds - round + 1))
      let count = round == 1 ? max(1, share) : share
      let pulls = active.compactMap { arm in
        let size = min(count, tally.left(arm))
        return size > 0 ? ArmPulls(arm: arm, count: size) : nil
      }
      if !pulls.isEmpty { return pulls }
    }
    if round == rounds {
      halve()
      round += 1
    }
    return []
  }

  /// The arms left, by their mean, then the dropped ones, the last dropped first.
  public func ranking() -> [Int] {
    tally.byMean(active) + rejected.reversed()
  }

  private mutating func halve() {
    let ranked = tally.byMean(active)
    let size = max(kept, (active.count + 1) / 2)
    rejected += ranked.dropFirst(size).reversed()
    active = Array(ranked.prefix(size))
  }
}
