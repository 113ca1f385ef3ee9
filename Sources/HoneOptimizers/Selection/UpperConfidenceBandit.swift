// SPDX-License-Identifier: Apache-2.0

import Foundation

/// UCB and UCB-E: pulls the arms that may be the best, by a bound above what was seen of them.
///
/// All arms are pulled first. Each later round pulls the few arms with the highest bounds: the mean
/// plus c · √(ln t ÷ n) for UCB, or plus √(a ÷ n) for UCB-E, with n pulls of the arm and t of all.
///
/// - UCB with c = √2 has at most 8 · Σ ln T ÷ Δ + (1 + π² ÷ 3) · Σ Δ regret after T single pulls, over
///   the arms' distances Δ to the best (Auer, Cesa-Bianchi and Fischer, "Finite-time analysis of the
///   multiarmed bandit problem", Machine Learning 2002).
/// - UCB-E with a ≤ 25 ÷ 36 · (T − K) ÷ H₁ errs with a chance of at most 2 · T · K · exp(−2a ÷ 25)
///   (Audibert, Bubeck and Munos, "Best arm identification in multi-armed bandits", COLT 2010).
///
/// APO's published code takes t as the number of the round; here it is the number of pulls.
public struct UpperConfidenceBandit: Bandit {
  /// What widens the bound.
  public enum Exploration: Sendable, Hashable {
    /// UCB with its factor c.
    case ucb(Double)
    /// UCB-E with its number a.
    case ucbE(Double)
  }

  /// What was seen of each arm.
  public var tally: ArmTally
  /// What widens the bound.
  public let exploration: Exploration
  /// The pulls of all arms; at least one an arm.
  public let budget: Int
  /// The arms of a round after the first.
  public let armsPerRound: Int
  /// The pulls of each arm in a round.
  public let block: Int

  /// Creates the rule for a number of arms.
  public init(
    arms: Int, budget: Int, exploration: Exploration = .ucb(1), armsPerRound: Int = 1,
    block: Int = 1, limit: Int = .max
  ) {
    tally = ArmTally(arms: arms, limit: limit)
    self.exploration = exploration
    self.budget = max(budget, arms)
    self.armsPerRound = max(1, armsPerRound)
    self.block = max(1, block)
  }

  /// The first pulls of all arms, then those of the highest bounds.
  public mutating func nextPulls() -> [ArmPulls] {
    var left = budget - tally.total
    guard left > 0, tally.arms > 0 else { return [] }
    let fresh = tally.pulls.indices.filter { tally.pulls[$0] == 0 }
    let open = fresh.isEmpty ? highest() : fresh
    // Half of the budget at most goes to arms of which nothing is known.
    let count = fresh.isEmpty ? block : max(1, min(block, budget / (2 * tally.arms)))
    var pulls: [ArmPulls] = []
    for arm in open where left > 0 {
      let size = min(count, left, tally.left(arm))
      guard size > 0 else { continue }
      pulls.append(ArmPulls(arm: arm, count: size))
      left -= size
    }
    return pulls
  }

  /// All arms by their mean; of equals the one that was pulled more often stands on firmer ground.
  public func ranking() -> [Int] {
    let byMean = tally.byMean(Array(tally.pulls.indices))
    return byMean.enumerated().sorted { a, b in
      let (one, other) = (a.element, b.element)
      guard tally.means[one] == tally.means[other], tally.pulls[one] != tally.pulls[other] else {
        return a.offset < b.offset
      }
      return tally.pulls[one] > tally.pulls[other]
    }.map(\.element)
  }

  /// The bound above an arm's mean; infinite for one that was not pulled.
  public func bound(_ arm: Int) -> Double {
    let pulls = Double(tally.pulls[arm])
    guard pulls > 0 else { return .infinity }
    let width =
      switch exploration {
      case .ucb(let c): c * (log(Double(max(1, tally.total))) / pulls).squareRoot()
      case .ucbE(let a): (max(0, a) / pulls).squareRoot()
      }
    return tally.means[arm] + width
  }

  private func highest() -> [Int] {
    let bounds = tally.pulls.indices.map(bound)
    let open = tally.pulls.indices.filter { tally.left($0) > 0 }
    let ranked = open.sorted { bounds[$0] == bounds[$1] ? $0 < $1 : bounds[$0] > bounds[$1] }
    return Array(ranked.prefix(armsPerRound))
  }
}
