// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Updates of a prompter by reward")
struct AlignmentPolicyTests {
  private let liked = TokenSequence(tokens: [1, 2, 3, 4, 5], promptCount: 2)
  private let disliked = TokenSequence(tokens: [1, 2, 7, 8], promptCount: 2)

  private func policy(
    _ method: AlignmentSettings.Method, rate: Double = 5e-3
  ) throws -> AlignmentPolicy {
    let model = try TinyDecoder.model()
    let adapter = try LowRankAdapter(LowRankSettings(rank: 2, alpha: 4), for: model, seed: 1)
    let settings = AlignmentSettings(
      method: method, learningRate: rate, valueLearningRate: 0.05, divergenceWeight: 0.05)
    return AlignmentPolicy(
      model: model, reference: adapter, settings: settings,
      state: try AlignmentState(from: adapter, model: model, settings: settings))
  }

  private func rollouts() -> [Rollout] {
    [
      Rollout(prompt: 0, sequence: liked, reward: 1),
      Rollout(prompt: 0, sequence: disliked, reward: 0),
    ]
  }

  @Test(
    "What is rewarded becomes likelier than what is not",
    arguments: AlignmentSettings.Method.allCases)
  func learning(method: AlignmentSettings.Method) throws {
    var policy = try policy(method)
    func margin() throws -> Double {
      var rollouts = rollouts()
      try policy.annotate(&rollouts)
      let sums = rollouts.map { $0.then.reduce(0) { $0 + Double($1) } }
      return sums[0] - sums[1]
    }
    let before = try margin()
    for _ in 0..<25 {
      var rollouts = rollouts()
      try policy.annotate(&rollouts)
      RolloutCredit.assign(to: &rollouts, method: method, divergenceWeight: 0.05)
      try policy.update(with: rollouts, divergenceWeight: 0.05)
    }
    #expect(try margin() > before + 1)
  }

  @Test("At the beginning nothing was spent, and later the tokens tell what was")
  func divergence() throws {
    var policy = try policy(.grpo)
    var rollouts = rollouts()
    try policy.annotate(&rollouts)
    for rollout in rollouts {
      #expect(rollout.then.count == rollout.sequence.targetCount)
      #expect(abs(rollout.divergence) < 1e-5)
    }
    for _ in 0..<10 {
      try policy.annotate(&rollouts)
      RolloutCredit.assign(to: &rollouts, method: .grpo, divergenceWeight: 0.05)
      try policy.update(with: rollouts, divergenceWeight: 0.05)
    }
    try policy.annotate(&rollouts)
    #expect(rollouts[0].divergence > 0.1)
  }

  @Test("The head that expects rewards comes to expect them")
  func values() throws {
    var policy = try policy(.ppo)
    var rollouts = rollouts()
    for _ in 0..<80 {
      try policy.annotate(&rollouts)
      RolloutCredit.assign(to: &rollouts, method: .ppo, divergenceWeight: 0.05)
      // The prompter stays as it is, so that what is to be expected stays too.
      for index in rollouts.indices {
        rollouts[index].advantages = rollouts[index].advantages.map { _ in 0 }
      }
      try policy.update(with: rollouts, divergenceWeight: 0.05)
    }
    try policy.annotate(&rollouts)
    #expect((rollouts[0].values.last ?? 0) > (rollouts[1].values.last ?? 0) + 0.5)
  }

  /// Rollouts of a beginning, of the lengths given, two of each prompt.
  private func fresh(_ rewards: [Double], lengths: [Int]) -> [Rollout] {
    zip(rewards, lengths).enumerated().map { index, entry in
      let tokens = (0..<(2 + entry.1)).map { Int32($0 % 11) }
      var rollout = Rollout(
        prompt: index / 2, sequence: TokenSequence(tokens: tokens, promptCount: 2),
        reward: entry.0)
      rollout.then = [Float](repeating: -1, count: entry.1)
      rollout.reference = rollout.then
      rollout.values = [Float](repeating: 0, count: entry.1)
      return rollout
    }
  }

  @Test("PPO gives each token a share of what a rewrite gained on its prompt's others")
  func credit() throws {
    var rollouts = fresh([1, 0, 0.5, 0.5], lengths: [3, 2, 4, 1])
    RolloutCredit.assign(to: &rollouts, method: .ppo, divergenceWeight: 0.05)
    // Gains are ±1, decayed by 0.95 a token, over the root of their mean square on all 10 tokens.
    let decayed = [0.9025, 0.95, 1, -0.95, -1]
    let size = (decayed.reduce(0) { $0 + $1 * $1 } / 10).squareRoot()
    let wanted = decayed.map { Float($0 / size) } + [0, 0, 0, 0, 0]
    for (one, other) in zip(rollouts.flatMap(\.advantages), wanted) {
      #expect(abs(one - other) < 1e-5)
    }
    // What the value head learns from is not scaled.
    #expect(rollouts.map(\.returns.last) == [1, -1, 0, 0])
  }

  @Test(
    "What all rewrites of a prompt get alike pushes none of their tokens",
    arguments: [[1, 1, 0, 0], [0.1, 0.1, 0.1, 0.1], [-3, -3, 5, 5]])
  func offsets(rewards: [Double]) throws {
    var rollouts = fresh(rewards, lengths: [5, 2, 3, 7])
    RolloutCredit.assign(to: &rollouts, method: .ppo, divergenceWeight: 0.05)
    #expect(rollouts.flatMap(\.advantages).allSatisfy { $0 == 0 })
  }

  @Test("Divergence costs at the token where it was spent, and at those before it")
  func placement() throws {
    var rollouts = fresh([0, 0], lengths: [3, 3])
    rollouts[0].then[1] = -0.5
    RolloutCredit.assign(to: &rollouts, method: .ppo, divergenceWeight: 0.2)
    let returns = rollouts[0].returns
    #expect(abs(returns[0] + 0.2 * 0.5 * 0.95) < 1e-6)
    #expect(abs(returns[1] + 0.2 * 0.5) < 1e-6)
    #expect(returns[2] == 0)
    #expect(rollouts[1].returns == [0, 0, 0])
  }

  @Test(
    "Updates end once they have moved the prompter further than a round may",
    arguments: [AlignmentSettings.Method.ppo, .grpo])
  func guarding(method: AlignmentSettings.Method) throws {
    var policy = try policy(method, rate: 0.5)
    var rollouts = rollouts()
    try policy.annotate(&rollouts)
    RolloutCredit.assign(to: &rollouts, method: method, divergenceWeight: 0.05)
    let first = try policy.update(with: rollouts, divergenceWeight: 0.05)
    #expect(first.isMade && first.moved < 1e-6)
    let kept = try policy.adapter.parameters.values.map { try $0.floats() }
    let second = try policy.update(with: rollouts, divergenceWeight: 0.05)
    #expect(!second.isMade && second.moved > policy.settings.largestMove)
    #expect(try policy.adapter.parameters.values.map { try $0.floats() } == kept)
    // What was told is the mean of r − 1 − log r over the tokens, r what became likelier.
    let before = rollouts.flatMap(\.then)
    try policy.annotate(&rollouts)
    let ratios = zip(rollouts.flatMap(\.then), before).map { Double($0 - $1) }
    let wanted = ratios.reduce(0) { $0 + exp($1) - 1 - $1 } / Double(ratios.count)
    #expect(abs(second.moved - wanted) < 1e-3 * wanted)
  }

  @Test("Only prompts whose rewrites differ in reward make pairs, the best against the worst")
  func pairs() {
    var rollouts = rollouts()
    rollouts.append(Rollout(prompt: 0, sequence: liked, reward: 0.5))
    rollouts.append(Rollout(prompt: 3, sequence: liked, reward: 0.5))
    rollouts.append(Rollout(prompt: 3, sequence: disliked, reward: 0.5))
    let pairs = RolloutCredit.pairs(of: rollouts)
    #expect(pairs.map { $0.map(\.reward) } == [[1, 0]])
  }

  @Test("A preference that counts nothing moves nothing, and meaning tells what it counts")
  func weights() throws {
    var policy = try policy(.dpo)
    let before = try policy.adapter.parameters.values.map { try $0.floats() }
    var rollouts = rollouts()
    try policy.annotate(&rollouts)
    for index in rollouts.indices { rollouts[index].weight = 0 }
    try policy.update(with: rollouts, divergenceWeight: 0.05)
    #expect(try policy.adapter.parameters.values.map { try $0.floats() } == before)
    for index in rollouts.indices { rollouts[index].weight = 1 }
    try policy.update(with: rollouts, divergenceWeight: 0.05)
    #expect(try policy.adapter.parameters.values.map { try $0.floats() } != before)
    let weights = PreferenceAlignment.weights(likeness: [1, 0.5, 0, 1.2], strength: 2)
    #expect(weights.map { ($0 * 1000).rounded() } == [1000, 368, 135, 1000])
  }

  @Test("Settings that cannot be are refused")
  func settings() {
    for settings in [
      AlignmentSettings(samples: 1), AlignmentSettings(rounds: 0),
      AlignmentSettings(divergenceWeight: 0), AlignmentSettings(divergenceWeight: -1),
      AlignmentSettings(learningRate: .nan), AlignmentSettings(largestMove: 0),
      AlignmentSettings(clip: 1),
      AlignmentSettings(sampling: RewriteSampling(temperature: 0)),
      AlignmentSettings(sampling: RewriteSampling(temperature: 1, topP: 0)),
      AlignmentSettings(sampling: RewriteSampling(temperature: 1, topK: 0)),
    ] {
      #expect(throws: TrainingError.self) { try settings.check() }
    }
  }
}
