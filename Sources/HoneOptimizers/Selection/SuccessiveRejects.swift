// SPDX-License-Identifier: Apache-2.0

/// Drops the worst arm after each of several phases, which grow longer.
///
/// With K arms of which m are kept and a budget of T pulls, phase k ends when every arm left was
/// pulled ⌈(T − K) ÷ (L · (K + 1 − k))⌉ times, where L = m ÷ (m + 1) + Σ 1 ÷ i over i from m + 1 to K.
/// For m = 1 that is the published rule, which errs with a chance of at most
/// K · (K − 1) ÷ 2 · exp(−(T − K) ÷ (L · H₂)) (Audibert, Bubeck and Munos, "Best arm identification in
/// multi-armed bandits", COLT 2010).
public struct SuccessiveRejects: Bandit {
  /// What was seen of each arm.
  public var tally: ArmTally
  /// The pulls of all arms; at least one an arm.
  public let budget: Int
  /// How many arms are kept.
  public let kept: Int
  private var active: [Int]
  private var rejected: [Int] = []
  private var isPhaseOpen = false

  /// Creates the rule for a number of arms.
  public init(arms: Int, budget: Int, keeping kept: Int = 1, limit: Int = .max) {
    tally = ArmTally(arms: arms, limit: limit)
    self.budget = max(budget, arms)
    self.kept = max(1, kept)
    active = Array(tally.pulls.indices)
  }

  /// The pulls of the next phase, after the worst arm of the last one was dropped.
  public mutating func nextPulls() -> [ArmPulls] {
    if tally.arms <= kept { return evenPulls() }
    while active.count > kept {
      if isPhaseOpen, let worst = tally.byMean(active).last {
        active.removeAll { $0 == worst }
        rejected.append(worst)
        isPhaseOpen = false
        continue
      }
      isPhaseOpen = true
      let goal = min(goal(phase: rejected.count + 1), tally.limit)
      let pulls = active.compactMap { arm in
        goal > tally.pulls[arm] ? ArmPulls(arm: arm, count: goal - tally.pulls[arm]) : nil
      }
      if !pulls.isEmpty { return pulls }
    }
    return []
  }

  /// The arms left, by their mean, then the rejected ones, the last rejected first.
  public func ranking() -> [Int] {
    tally.byMean(active) + rejected.reversed()
  }

  /// The pulls that each arm left has at the end of a phase, from 1.
  public func goal(phase: Int) -> Int {
    let arms = tally.arms
    guard arms > kept, phase <= arms - kept else { return 0 }
    let sum = (kept + 1...arms).reduce(Double(kept) / Double(kept + 1)) { $0 + 1 / Double($1) }
    let share = Double(budget - arms) / (sum * Double(arms + 1 - phase))
    return max(1, Int(share.rounded(.up)))
  }

  /// There is nothing to drop, so all arms are pulled alike.
  private func evenPulls() -> [ArmPulls] {
    guard tally.arms > 0, tally.total == 0 else { return [] }
    let count = min(budget / tally.arms, tally.limit)
    return active.map { ArmPulls(arm: $0, count: count) }
  }
}
