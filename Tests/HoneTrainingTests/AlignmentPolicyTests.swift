// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Updates of a prompter by reward")
struct AlignmentPolicyTests {
  private let liked = TokenSequence(tokens: [1, 2, 3, 4, 5], promptCount: 2)
  private let disliked = TokenSequence(tokens: [1, 2, 7, 8], promptCount: 2)

  private func policy(_ method: AlignmentSettings.Method) throws -> AlignmentPolicy {
    let model = try TinyDecoder.model()
    let adapter = try LowRankAdapter(LowRankSettings(rank: 2, alpha: 4), for: model, seed: 1)
    return try AlignmentPolicy(
      model: model, reference: adapter,
      settings: AlignmentSettings(method: method, learningRate: 5e-3, divergenceWeight: 0.05))
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
      PrompterAlignment.credit(&rollouts, method: method, weight: 0.05)
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
      PrompterAlignment.credit(&rollouts, method: .grpo, weight: 0.05)
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
      PrompterAlignment.credit(&rollouts, method: .ppo, weight: 0.05)
      // The prompter stays as it is, so that what is to be expected stays too.
      for index in rollouts.indices {
        rollouts[index].advantages = rollouts[index].advantages.map { _ in 0 }
      }
      try policy.update(with: rollouts, divergenceWeight: 0.05)
    }
    try policy.annotate(&rollouts)
    #expect((rollouts[0].values.last ?? 0) > (rollouts[1].values.last ?? 0) + 0.5)
  }

  @Test("PPO measures the tokens of a round against each other")
  func whitening() throws {
    var rollouts = rollouts()
    for index in rollouts.indices {
      let count = rollouts[index].sequence.targetCount
      rollouts[index].then = [Float](repeating: -1, count: count)
      rollouts[index].reference = rollouts[index].then
      rollouts[index].values = [Float](repeating: 0, count: count)
    }
    PrompterAlignment.credit(&rollouts, method: .ppo, weight: 0.05)
    let all = rollouts.flatMap(\.advantages)
    #expect(abs(all.reduce(0, +)) < 1e-4)
    #expect(abs(all.reduce(0) { $0 + $1 * $1 } / Float(all.count) - 1) < 1e-4)
    #expect(rollouts[0].advantages.allSatisfy { $0 > 0 })
    #expect(rollouts[1].advantages.allSatisfy { $0 < 0 })
    // What the value head learns from is not whitened.
    #expect(rollouts[0].returns.last == 1)
  }

  @Test("Only prompts whose rewrites differ in reward make pairs, the best against the worst")
  func pairs() {
    var rollouts = rollouts()
    rollouts.append(Rollout(prompt: 0, sequence: liked, reward: 0.5))
    rollouts.append(Rollout(prompt: 3, sequence: liked, reward: 0.5))
    rollouts.append(Rollout(prompt: 3, sequence: disliked, reward: 0.5))
    let pairs = PrompterAlignment.pairs(of: rollouts)
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
      AlignmentSettings(divergenceWeight: 0), AlignmentSettings(clip: 1),
      AlignmentSettings(sampling: RewriteSampling(temperature: 0)),
      AlignmentSettings(sampling: RewriteSampling(temperature: 1, topP: 0)),
      AlignmentSettings(sampling: RewriteSampling(temperature: 1, topK: 0)),
    ] {
      #expect(throws: TrainingError.self) { try settings.check() }
    }
  }
}
