// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneMLX
import Testing

@testable import HoneTraining

/// A prompter of few rewrites before a frozen model of few answers, where everything can be summed.
private struct Toy {
  static let prompts = 3
  static let rewrites = 6
  static let answers = 5
  let weight = 0.25

  private func softmax(_ values: [Double]) -> [Double] {
    let total = values.reduce(0) { $0 + exp($1) }
    return values.map { exp($0) / total }
  }

  /// Where the prompter begins: ρ₀(rewrite | prompt).
  func base(_ prompt: Int) -> [Double] {
    softmax((0..<Self.rewrites).map { sin(1.3 * Double($0) + Double(prompt)) })
  }

  /// The frozen model: π(answer | rewrite); rewrite 0 stands for the prompt as it is.
  func answers(_ rewrite: Int) -> [Double] {
    softmax((0..<Self.answers).map { 3 * cos(0.9 * Double($0) + 1.7 * Double(rewrite)) })
  }

  /// The reward of an answer at the prompt, 0…1.
  func reward(_ prompt: Int, _ answer: Int) -> Double {
    (1 + sin(2.1 * Double(answer) + 0.8 * Double(prompt))) / 2
  }

  /// The expected reward of a rewrite.
  func reward(_ prompt: Int, rewrite: Int) -> Double {
    zip(answers(rewrite), 0..<Self.answers).reduce(0) { $0 + $1.0 * reward(prompt, $1.1) }
  }

  func rewards(_ prompt: Int) -> [Double] {
    (0..<Self.rewrites).map { reward(prompt, rewrite: $0) }
  }

  /// The mean of a function of the prompts.
  func mean(_ value: (Int) throws -> Double) rethrows -> Double {
    try (0..<Self.prompts).reduce(0) { try $0 + value($1) } / Double(Self.prompts)
  }

  /// The expected reward of chances of rewrites for each prompt.
  func value(_ chances: (Int) throws -> [Double]) rethrows -> Double {
    try mean { prompt in
      zip(try chances(prompt), rewards(prompt)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// What training maximizes.
  func objective(_ chances: (Int) throws -> [Double]) rethrows -> Double {
    try value(chances)
      - weight * mean { RewardTilt.divergence(of: try chances($0), from: base($0)) }
  }

  func best(_ prompt: Int) throws -> [Double] {
    try RewardTilt(weight: weight).chances(base: base(prompt), rewards: rewards(prompt))
  }

  /// The prompter's chances, given as logits `[prompts, rewrites]`.
  func chances(_ logits: Tensor) throws -> [[Double]] {
    let values = try logits.softmax(axis: 1).floats().map(Double.init)
    return (0..<Self.prompts).map {
      Array(values[($0 * Self.rewrites)..<(($0 + 1) * Self.rewrites)])
    }
  }

  func start() throws -> ParameterTree {
    let logs = (0..<Self.prompts).flatMap { base($0).map { Float(log($0)) } }
    return ParameterTree([
      "logits": try Tensor(logs, shape: [Self.prompts, Self.rewrites]),
      "values": try Tensor(filledWith: 0, shape: [Self.prompts]),
    ])
  }
}

@Suite("Alignment by reward")
struct AlignmentTests {
  private let toy = Toy()

  private struct Draw {
    var prompt: Int
    var rewrite: Int
    var log: Double
    var reward: Double
  }

  /// Draws rewrites and answers as a training would, so rewards are noisy.
  private func draws(
    _ chances: [[Double]], each: Int, by generator: inout SeededGenerator
  ) -> [Draw] {
    (0..<Toy.prompts).flatMap { prompt in
      (0..<each).map { _ in
        let rewrite = [Double].drawnIndex(weights: chances[prompt], by: &generator) ?? 0
        let answer = [Double].drawnIndex(weights: toy.answers(rewrite), by: &generator) ?? 0
        return Draw(
          prompt: prompt, rewrite: rewrite, log: log(chances[prompt][rewrite]),
          reward: toy.reward(prompt, answer))
      }
    }
  }

  private func logs(_ tree: ParameterTree, _ draws: [Draw]) throws -> Tensor {
    guard let logits = tree["logits"] else { return try Tensor(0) }
    let places = draws.map { Int32($0.prompt * Toy.rewrites + $0.rewrite) }
    return try logits.logSoftmax(axis: 1).reshaped([Toy.prompts * Toy.rewrites]).taking(places)
  }

  private func divergenceCost(_ draw: Draw) -> Double {
    toy.weight * (draw.log - log(toy.base(draw.prompt)[draw.rewrite]))
  }

  /// What PPO and GRPO come to; rewards carry the cost of the divergence, so both have one optimum.
  private func train(
    rounds: Int, each: Int, rate: Double,
    advantages: ([Draw], ParameterTree) throws -> [Float]
  ) throws -> [[Double]] {
    var generator = SeededGenerator(seed: 11)
    var tree = try toy.start()
    var optimizer = AdamW(weightDecay: 0)
    let schedule = LearningRate(peak: rate, decay: .linear, totalSteps: rounds * 2)
    for _ in 0..<rounds {
      guard let logits = tree["logits"] else { break }
      let draws = draws(try toy.chances(logits), each: each, by: &generator)
      let gains = try advantages(draws, tree)
      let old = draws.map { Float($0.log) }
      let returns = draws.map { Float($0.reward - divergenceCost($0)) }
      for _ in 0..<2 {
        let step = try tree.valueAndGradient { tree in
          let loss = try PolicyLoss.clipped(
            now: logs(tree, draws), then: old, advantages: gains)
          guard let values = tree["values"] else { return loss }
          let expected = try values.taking(draws.map { Int32($0.prompt) })
          let errors = try expected - Tensor(returns, shape: [returns.count])
          return try loss + errors.mapped(.square).reduced(.mean) * 0.5
        }
        tree = try optimizer.update(
          tree, gradient: step.gradient, learningRate: schedule.rate(at: optimizer.step))
        try Tensor.evaluate(tree.values + optimizer.state.values)
      }
    }
    return try toy.chances(try #require(tree["logits"]))
  }

  /// Within 5 % of the best prompter's expected reward, and most of the way there.
  private func expectNearBest(_ found: [[Double]]) throws {
    let best = try toy.value { try toy.best($0) }
    let start = toy.value { toy.base($0) }
    let reached = toy.value { found[$0] }
    #expect(best > start + 0.05)
    #expect(abs(reached - best) < 0.05 * best, "\(reached), the best is \(best)")
    #expect(reached > start + 0.6 * (best - start))
    let objective = try toy.objective { try toy.best($0) }
    #expect(toy.objective { found[$0] } <= objective + 1e-6)
  }

  @Test("PPO comes to the closed form's expected reward")
  func ppo() throws {
    let found = try train(rounds: 150, each: 24, rate: 0.05) { draws, tree in
      let values = try tree["values"]?.floats().map(Double.init) ?? []
      return draws.map { draw in
        Float(
          Advantage.generalized(
            rewards: [draw.reward - divergenceCost(draw)], values: [values[draw.prompt]])[0])
      }
    }
    try expectNearBest(found)
  }

  @Test("GRPO comes to the closed form's expected reward")
  func grpo() throws {
    // Groups are scaled by one deviation for all, so that the cost of divergence keeps its weight.
    let found = try train(rounds: 150, each: 24, rate: 0.05) { draws, _ in
      (0..<Toy.prompts).flatMap { prompt in
        let group = draws.filter { $0.prompt == prompt }
        return Advantage.grouped(group.map { $0.reward - divergenceCost($0) }).map { Float($0) }
      }
    }
    try expectNearBest(found)
  }

  @Test("DPO on preferences drawn by the reward raises it")
  func dpo() throws {
    var tree = try toy.start()
    var optimizer = AdamW(weightDecay: 0)
    var generator = SeededGenerator(seed: 3)
    let base = (0..<Toy.prompts).map { toy.base($0) }
    for _ in 0..<120 {
      let draws = draws(base, each: 40, by: &generator)
      var better: [Draw] = []
      var worse: [Draw] = []
      for index in stride(from: 0, to: draws.count, by: 2)
      where draws[index].reward != draws[index + 1].reward {
        let ordered = [draws[index], draws[index + 1]].sorted { $0.reward > $1.reward }
        better.append(ordered[0])
        worse.append(ordered[1])
      }
      let step = try tree.valueAndGradient { tree in
        try PolicyLoss.preference(
          better: logs(tree, better), worse: logs(tree, worse),
          referenceBetter: better.map { Float($0.log) },
          referenceWorse: worse.map { Float($0.log) }, strength: 0.25)
      }
      tree = try optimizer.update(tree, gradient: step.gradient, learningRate: 0.05)
      try Tensor.evaluate(tree.values)
    }
    let found = try toy.chances(try #require(tree["logits"]))
    #expect(toy.value { found[$0] } > toy.value { toy.base($0) } + 0.03)
  }

  @Test("Rewrites drawn at the beginning and chosen by reward come from the best prompter")
  func resampling() throws {
    let tilt = try RewardTilt(weight: toy.weight)
    var generator = SeededGenerator(seed: 5)
    var counts = [Double](repeating: 0, count: Toy.rewrites)
    let rewards = toy.rewards(1)
    for _ in 0..<4000 {
      let drawn = (0..<32).map { _ in
        [Double].drawnIndex(weights: toy.base(1), by: &generator) ?? 0
      }
      let chances = tilt.chances(ofDrawn: drawn.map { rewards[$0] })
      counts[drawn[[Double].drawnIndex(weights: chances, by: &generator) ?? 0]] += 1
    }
    let best = try toy.best(1)
    for rewrite in 0..<Toy.rewrites {
      #expect(abs(counts[rewrite] / 4000 - best[rewrite]) < 0.03)
    }
    #expect(abs(RewardTilt.effectiveCount([0.25, 0.25, 0.25, 0.25]) - 4) < 1e-12)
    #expect(throws: TrainingError.self) { try RewardTilt(weight: 0) }
  }

  @Test("The measured gap lies under the bound of the theorem")
  func bound() throws {
    // The tuned model answers each prompt as lemma 1 has it for answers.
    let tuned = try (0..<Toy.prompts).map { prompt in
      try RewardTilt(weight: 0.1).chances(
        base: toy.answers(0), rewards: (0..<Toy.answers).map { toy.reward(prompt, $0) })
    }
    let tunedValue = toy.mean { prompt in
      zip(tuned[prompt], 0..<Toy.answers).reduce(0) { $0 + $1.0 * toy.reward(prompt, $1.1) }
    }
    let bound = AlignmentBound(
      rewardRange: 1,
      tunedDistance: toy.mean { AlignmentBound.totalVariation(tuned[$0], toy.answers(0)) },
      rewriteDistance: toy.mean { prompt in
        zip(toy.base(prompt), 0..<Toy.rewrites).reduce(0) {
          $0 + $1.0 * AlignmentBound.totalVariation(toy.answers(0), toy.answers($1.1))
        }
      },
      gain: try toy.weight
        * toy.mean { RewardTilt.divergence(of: try toy.best($0), from: toy.base($0)) })
    let gap = try tunedValue - toy.value { try toy.best($0) }
    #expect(gap > 0)
    #expect(gap <= bound.gap, "the gap is \(gap), the bound \(bound.gap)")
    #expect(bound.gain > 0)
  }

  @Test("Total variation is estimated from answers and their log-probabilities")
  func totalVariation() throws {
    let (first, second) = (toy.answers(1), toy.answers(4))
    var generator = SeededGenerator(seed: 9)
    let drawn = (0..<20_000).map { _ in [Double].drawnIndex(weights: first, by: &generator) ?? 0 }
    let terms = AlignmentBound.totalVariationTerms(
      own: drawn.map { log(first[$0]) }, other: drawn.map { log(second[$0]) })
    let estimate = terms.reduce(0, +) / Double(terms.count)
    #expect(abs(estimate - AlignmentBound.totalVariation(first, second)) < 0.02)
  }

  @Test("Advantages of steps are those of the paper's sum")
  func advantages() {
    let found = Advantage.generalized(
      rewards: [0, 0, 1], values: [0.2, 0.4, 0.7], discount: 0.9, decay: 0.5)
    let surprises = [0.9 * 0.4 - 0.2, 0.9 * 0.7 - 0.4, 1 - 0.7]
    let wanted = [
      surprises[0] + 0.45 * (surprises[1] + 0.45 * surprises[2]),
      surprises[1] + 0.45 * surprises[2], surprises[2],
    ]
    for (one, other) in zip(found, wanted) { #expect(abs(one - other) < 1e-12) }
    #expect(Advantage.grouped([1, 1, 1]) == [0, 0, 0])
    #expect(Advantage.grouped([0, 2]) == [-1, 1])
  }

  @Test("The weight of divergence rises above its target and falls below it")
  func steering() {
    var weight = DivergenceWeight(value: 0.2, target: 6, horizon: 1000)
    weight.adapt(toMeasured: 12, texts: 100)
    #expect(abs(weight.value - 0.2 * 1.02) < 1e-12)
    weight.adapt(toMeasured: 1, texts: 100)
    #expect(abs(weight.value - 0.2 * 1.02 * 0.98) < 1e-12)
    var fixed = DivergenceWeight(value: 0.2)
    fixed.adapt(toMeasured: 12, texts: 100)
    #expect(fixed.value == 0.2)
  }
}
