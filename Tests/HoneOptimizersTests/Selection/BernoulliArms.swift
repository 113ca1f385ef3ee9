// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers

/// Arms that pay 1 with a known chance, else 0.
struct BernoulliArms {
  let means: [Double]

  var best: Int { means.indices.max { means[$0] < means[$1] } ?? 0 }

  /// The distances to the best of the other arms.
  var gaps: [Double] {
    let top = means[best]
    return means.indices.filter { $0 != best }.map { top - means[$0] }
  }

  /// H₁ of Audibert and others: the best arm counts with the smallest distance.
  var hardness1: Double {
    let inverse = gaps.map { 1 / ($0 * $0) }
    return inverse.reduce(0, +) + (inverse.max() ?? 0)
  }

  /// H₂: the most of i ÷ Δ² over the arms from the second best on.
  var hardness2: Double {
    gaps.sorted().enumerated().map { Double($0.offset + 2) / ($0.element * $0.element) }.max() ?? 0
  }

  /// Lets a bandit play to its end and gives back its ranking and its regret.
  func play(_ bandit: inout some Bandit, seed: Int) -> (ranking: [Int], regret: Double) {
    var chance = SeededGenerator(seed: UInt64(seed), stream: "arms")
    var pulls = bandit.nextPulls()
    while !pulls.isEmpty {
      for pull in pulls {
        for _ in 0..<pull.count {
          bandit.tally.add(chance.nextUnit() < means[pull.arm] ? 1 : 0, to: pull.arm)
        }
      }
      pulls = bandit.nextPulls()
    }
    let regret = means.indices.reduce(0.0) {
      $0 + Double(bandit.tally.pulls[$1]) * (means[best] - means[$1])
    }
    return (bandit.ranking(), regret)
  }

  /// The share of games in which the bandit does not name the best arm.
  func errorRate(games: Int, _ make: () -> some Bandit) -> Double {
    let errors = (0..<games).count { seed in
      var bandit = make()
      return play(&bandit, seed: seed).ranking.first != best
    }
    return Double(errors) / Double(games)
  }

  /// The mean regret over games.
  func regret(games: Int, _ make: () -> some Bandit) -> Double {
    (0..<games).reduce(0.0) { sum, seed in
      var bandit = make()
      return sum + play(&bandit, seed: seed).regret
    } / Double(games)
  }
}

/// Pulls all arms alike: what a bandit has to beat.
struct UniformSampling: Bandit {
  var tally: ArmTally
  let budget: Int

  init(arms: Int, budget: Int) {
    tally = ArmTally(arms: arms)
    self.budget = budget
  }

  mutating func nextPulls() -> [ArmPulls] {
    guard tally.total == 0 else { return [] }
    return tally.pulls.indices.map { ArmPulls(arm: $0, count: budget / tally.arms) }
  }

  func ranking() -> [Int] { tally.byMean(Array(tally.pulls.indices)) }
}
