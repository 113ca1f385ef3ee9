// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneOptimizers
import Testing

struct BanditTests {
  private static let rules: [BanditRule] = [
    .ucb(1), .ucbE(1), .successiveRejects, .successiveHalving,
  ]

  @Test(
    "No rule pulls more than its budget or an arm more often than it has rows, nor none at all",
    arguments: rules,
    [(1, 5, 1, 100), (2, 9, 1, 3), (7, 7, 1, 50), (8, 100, 3, 20), (12, 95, 4, 10), (4, 50, 9, 40)])
  func budget(rule: BanditRule, sizes: (arms: Int, budget: Int, kept: Int, limit: Int)) {
    let arms = BernoulliArms(means: (0..<sizes.arms).map { 0.3 + 0.05 * Double($0) })
    for seed in 0..<5 {
      var bandit = rule.bandit(
        arms: sizes.arms, keeping: sizes.kept, budget: sizes.budget, block: 4, limit: sizes.limit)
      let ranking = arms.play(any: &bandit, seed: seed)
      #expect(bandit.tally.total <= sizes.budget)
      #expect(bandit.tally.pulls.allSatisfy { (1...sizes.limit).contains($0) })
      #expect(ranking.sorted() == Array(0..<sizes.arms))
    }
  }

  @Test("Equal arms stay in their order", arguments: rules)
  func ties(rule: BanditRule) {
    let arms = BernoulliArms(means: Array(repeating: 1, count: 8))
    var bandit = rule.bandit(arms: 8, keeping: 2, budget: 64, block: 1, limit: 100)
    #expect(arms.play(any: &bandit, seed: 1).prefix(2) == [0, 1])
  }

  @Test("UCB's bound counts pulls, not rounds")
  func bound() {
    var bandit = UpperConfidenceBandit(arms: 2, budget: 100, exploration: .ucb(1), block: 20)
    #expect(bandit.nextPulls() == [ArmPulls(arm: 0, count: 20), ArmPulls(arm: 1, count: 20)])
    bandit.tally.set(0, pulls: 20, mean: 0.5)
    bandit.tally.set(1, pulls: 20, mean: 0.25)
    #expect(abs(bandit.bound(0) - (0.5 + (log(40.0) / 20).squareRoot())) < 1e-12)
    #expect(bandit.nextPulls() == [ArmPulls(arm: 0, count: 20)])
    bandit.tally.set(0, pulls: 40, mean: 0.1)
    #expect(abs(bandit.bound(1) - (0.25 + (log(60.0) / 20).squareRoot())) < 1e-12)
    #expect(bandit.nextPulls() == [ArmPulls(arm: 1, count: 20)])
  }

  @Test("UCB-E's bound does not grow with time")
  func boundE() {
    var bandit = UpperConfidenceBandit(arms: 2, budget: 100, exploration: .ucbE(4))
    bandit.tally.set(0, pulls: 16, mean: 0.5)
    #expect(bandit.bound(0) == 1)
    bandit.tally.set(1, pulls: 60, mean: 0.5)
    #expect(bandit.bound(0) == 1)
  }

  @Test("Successive rejects follows the published phases")
  func phases() {
    let bandit = SuccessiveRejects(arms: 4, budget: 100)
    // L = 1/2 + 1/2 + 1/3 + 1/4, and 96 ÷ (L · 4), 96 ÷ (L · 3), 96 ÷ (L · 2), rounded up.
    #expect((1...3).map(bandit.goal(phase:)) == [16, 21, 31])
  }

  @Test("Each phase of successive rejects drops the worst arm")
  func rejects() {
    var bandit = SuccessiveRejects(arms: 4, budget: 100)
    let means = [0.5, 0.2, 0.9, 0.4]
    var active: [[Int]] = []
    var pulls = bandit.nextPulls()
    while !pulls.isEmpty {
      active.append(pulls.map(\.arm))
      for pull in pulls {
        bandit.tally.set(
          pull.arm, pulls: bandit.tally.pulls[pull.arm] + pull.count, mean: means[pull.arm])
      }
      pulls = bandit.nextPulls()
    }
    #expect(active == [[0, 1, 2, 3], [0, 2, 3], [0, 2]])
    #expect(bandit.ranking() == [2, 0, 3, 1])
    #expect(bandit.tally.pulls == [31, 16, 31, 21])
  }

  @Test("Successive halving spends the same on each round, and what is left over on the later ones")
  func halving() {
    #expect(rounds(SuccessiveHalving(arms: 8, budget: 96)) == [8: 4, 4: 8, 2: 16])
    #expect(rounds(SuccessiveHalving(arms: 8, budget: 96, limit: 10)) == [8: 4, 4: 6])
    #expect(rounds(SuccessiveHalving(arms: 8, budget: 96, keeping: 3)) == [8: 6, 4: 12])
  }

  /// The pulls of each arm by the number of arms in the round.
  private func rounds(_ bandit: SuccessiveHalving) -> [Int: Int] {
    var bandit = bandit
    var result: [Int: Int] = [:]
    var pulls = bandit.nextPulls()
    while !pulls.isEmpty {
      result[pulls.count] = pulls[0].count
      for pull in pulls {
        bandit.tally.set(
          pull.arm, pulls: bandit.tally.pulls[pull.arm] + pull.count, mean: Double(pull.arm) / 8)
      }
      pulls = bandit.nextPulls()
    }
    return result
  }
}

extension BernoulliArms {
  /// Plays a bandit of any kind and gives back its ranking.
  fileprivate func play(any bandit: inout any Bandit, seed: Int) -> [Int] {
    func opened<B: Bandit>(_ value: B) -> (any Bandit, [Int]) {
      var value = value
      let ranking = play(&value, seed: seed).ranking
      return (value, ranking)
    }
    let (played, ranking) = opened(bandit)
    bandit = played
    return ranking
  }
}
