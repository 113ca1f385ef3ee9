// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct TPETests {
  /// The mean over seeds of the best value after so many trials.
  private func best(
    _ space: SearchSpace, trials: Int, start: Int, _ value: ([Int]) -> Double
  ) -> Double {
    var sum = 0.0
    for seed in 0..<4 {
      var chance = SeededGenerator(seed: UInt64(seed))
      var sampler = TPESampler(space, startTrials: start)
      var best = -Double.infinity
      for _ in 0..<trials {
        let point = sampler.suggest(by: &chance)
        let found = value(point)
        best = max(best, found)
        sampler.tell(point, value: found)
      }
      sum += best
    }
    return sum / 4
  }

  @Test("Every point lies in the space, before and after the start")
  func bounds() {
    let space = SearchSpace([.categorical(3), .integer(-2...4), .categorical(1)])
    var chance = SeededGenerator(seed: 3)
    var sampler = TPESampler(space, startTrials: 5)
    for trial in 0..<60 {
      let point = sampler.suggest(by: &chance)
      #expect((0..<3).contains(point[0]) && (-2...4).contains(point[1]) && point[2] == 0)
      sampler.tell(point, value: Double(trial % 7))
    }
  }

  @Test("The same seed and values give the same points")
  func repeats() {
    func points() -> [[Int]] {
      let space = SearchSpace([.categorical(4), .integer(0...9)])
      var chance = SeededGenerator(seed: 5)
      var sampler = TPESampler(space, startTrials: 4)
      return (0..<30).map { _ in
        let point = sampler.suggest(by: &chance)
        sampler.tell(point, value: -Double(point[1]))
        return point
      }
    }
    #expect(points() == points())
  }

  @Test("It finds combinations and numbers better than blind drawing with the same trials")
  func learns() {
    let choices = SearchSpace([SearchSpace.Dimension](repeating: .categorical(6), count: 5))
    let hidden = [1, 4, 0, 5, 2]
    let matching: ([Int]) -> Double = { point in
      Double(zip(point, hidden).count { $0 == $1 })
    }
    let learnt = best(choices, trials: 60, start: 10, matching)
    let blind = best(choices, trials: 60, start: 1000, matching)
    #expect(learnt > blind + 0.5, "\(learnt) against \(blind)")

    let numbers = SearchSpace([.integer(0...99), .integer(0...99)])
    let valley: ([Int]) -> Double = { point in
      -Double((point[0] - 37) * (point[0] - 37) + (point[1] - 81) * (point[1] - 81))
    }
    #expect(
      best(numbers, trials: 60, start: 10, valley)
        > best(numbers, trials: 60, start: 1000, valley))
  }

  @Test("Values that cannot be compared and points outside are passed over")
  func misfits() {
    var sampler = TPESampler(SearchSpace([.categorical(2)]), startTrials: 1)
    sampler.tell([0], value: .nan)
    sampler.tell([7], value: 1)
    sampler.tell([0, 1], value: 1)
    var chance = SeededGenerator(seed: 1)
    let drawn = Set((0..<40).map { _ in sampler.suggest(by: &chance) })
    #expect(drawn == [[0], [1]])
  }
}
