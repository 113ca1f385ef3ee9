// SPDX-License-Identifier: Apache-2.0

/// A bandit by name with its number, before the candidates are known.
public enum BanditRule: Sendable, Hashable {
  /// UCB with its factor c, see ``UpperConfidenceBandit``.
  case ucb(Double)
  /// UCB-E with its number a, see ``UpperConfidenceBandit``.
  case ucbE(Double)
  /// See ``SuccessiveRejects``.
  case successiveRejects
  /// See ``SuccessiveHalving``.
  case successiveHalving

  /// The bandit for so many arms.
  ///
  /// A round of UCB and UCB-E pulls a quarter of the arms.
  public func bandit(
    arms: Int, keeping kept: Int, budget: Int, block: Int, limit: Int
  ) -> any Bandit {
    switch self {
    case .ucb(let c):
      UpperConfidenceBandit(
        arms: arms, budget: budget, exploration: .ucb(c), armsPerRound: (arms + 3) / 4,
        block: block, limit: limit)
    case .ucbE(let a):
      UpperConfidenceBandit(
        arms: arms, budget: budget, exploration: .ucbE(a), armsPerRound: (arms + 3) / 4,
        block: block, limit: limit)
    case .successiveRejects:
      SuccessiveRejects(arms: arms, budget: budget, keeping: kept, limit: limit)
    case .successiveHalving:
      SuccessiveHalving(arms: arms, budget: budget, keeping: kept, limit: limit)
    }
  }
}
