// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneOptimizers
import Testing

/// The bandits against what was published about them, on arms with known means.
struct BanditTheoryTests {
  /// One arm at 0.5, five at 0.42 and fourteen at 0.38: the second experiment of Audibert and others.
  private static let groups = BernoulliArms(
    means: Array(repeating: 0.38, count: 7) + [0.5] + Array(repeating: 0.42, count: 5)
      + Array(repeating: 0.38, count: 7))

  @Test("UCB's regret grows like a logarithm and stays under the theorem's bound")
  func regret() {
    let arms = BernoulliArms(means: [0.4, 0.9, 0.3])
    let times = [100, 1000, 10_000]
    let regrets = times.map { time in
      arms.regret(games: 12) {
        UpperConfidenceBandit(arms: 3, budget: time, exploration: .ucb(2.0.squareRoot()))
      }
    }
    for (time, regret) in zip(times, regrets) {
      let constant = (1 + Double.pi * Double.pi / 3) * arms.gaps.reduce(0, +)
      let bound = arms.gaps.reduce(constant) { $0 + 8 * log(Double(time)) / $1 }
      #expect(regret <= bound, "after \(time) pulls")
    }
    // Ten times the pulls add about the same again; linear regret would add ten times as much.
    let first = regrets[1] - regrets[0]
    let second = regrets[2] - regrets[1]
    #expect(second < 2 * first, "\(regrets)")
    let uniform = arms.regret(games: 1) { UniformSampling(arms: 3, budget: 10_000) }
    #expect(regrets[2] < uniform / 20)
  }

  @Test(
    "Successive rejects errs within its bound", arguments: [300, 600, 900])
  func rejectsBound(budget: Int) {
    let arms = BernoulliArms(means: [0.3, 0.3, 0.3, 0.65, 0.3, 0.3])
    let sum = (2...6).reduce(0.5) { $0 + 1 / Double($1) }
    let bound = 15 * exp(-Double(budget - 6) / (sum * arms.hardness2))
    let measured = arms.errorRate(games: 200) { SuccessiveRejects(arms: 6, budget: budget) }
    #expect(measured <= bound)
  }

  @Test("Successive halving errs within its bound", arguments: [1600, 2400, 3200])
  func halvingBound(budget: Int) {
    let arms = BernoulliArms(means: [0.3, 0.3, 0.3, 0.3, 0.7, 0.3, 0.3, 0.3])
    let bound = 9 * exp(-Double(budget) / (8 * arms.hardness2 * 3))
    let measured = arms.errorRate(games: 60) { SuccessiveHalving(arms: 8, budget: budget) }
    #expect(bound < 6)
    #expect(measured <= bound)
  }

  @Test("UCB-E errs within its bound when its number follows the theorem")
  func ucbEBound() {
    let arms = BernoulliArms(means: [0.2, 0.7, 0.2])
    let budget = 3000
    let number = 25.0 / 36 * Double(budget - 3) / arms.hardness1
    let bound = 2 * Double(budget) * 3 * exp(-2 * number / 25)
    #expect(bound < 0.1)
    let measured = arms.errorRate(games: 30) {
      UpperConfidenceBandit(arms: 3, budget: budget, exploration: .ucbE(number))
    }
    #expect(measured <= bound)
  }

  @Test("At an equal budget each rule errs less often than uniform sampling")
  func uniform() {
    let arms = Self.groups
    let budget = 2000
    let games = 150
    let uniform = arms.errorRate(games: games) { UniformSampling(arms: 20, budget: budget) }
    let rejects = arms.errorRate(games: games) { SuccessiveRejects(arms: 20, budget: budget) }
    let halving = arms.errorRate(games: games) { SuccessiveHalving(arms: 20, budget: budget) }
    let number = 2 * Double(budget - 20) / arms.hardness1
    let ucbE = arms.errorRate(games: games) {
      UpperConfidenceBandit(
        arms: 20, budget: budget, exploration: .ucbE(number), armsPerRound: 2, block: 10)
    }
    #expect(uniform > 0.2)
    #expect(rejects < uniform - 0.08, "\(rejects) against \(uniform)")
    #expect(halving < uniform - 0.08, "\(halving) against \(uniform)")
    #expect(ucbE < uniform - 0.08, "\(ucbE) against \(uniform)")
  }

  @Test("With more pulls the rules err less", arguments: [true, false])
  func consistency(halves: Bool) {
    let rates = [100, 400, 1600].map { budget in
      halves
        ? Self.groups.errorRate(games: 100) { SuccessiveHalving(arms: 20, budget: budget) }
        : Self.groups.errorRate(games: 100) { SuccessiveRejects(arms: 20, budget: budget) }
    }
    #expect(rates[1] < rates[0] && rates[2] < rates[1], "\(rates)")
  }
}
