// SPDX-License-Identifier: Apache-2.0

/// Works out how much better than expected each token of a round's rewrites was.
enum RolloutCredit {
  /// Fills in the advantages, and with PPO what the value head is to expect.
  static func assign(
    to rollouts: inout [Rollout], method: AlignmentSettings.Method, divergenceWeight: Double
  ) {
    switch method {
    case .dpo: return
    case .grpo: assignGrouped(to: &rollouts)
    case .ppo: assignGeneralized(to: &rollouts, divergenceWeight: divergenceWeight)
    }
  }

  private static func assignGrouped(to rollouts: inout [Rollout]) {
    for group in groups(of: rollouts) {
      let advantages = Advantage.grouped(group.map { rollouts[$0].reward })
      for (index, advantage) in zip(group, advantages) {
        rollouts[index].advantages = rollouts[index].then.map { _ in Float(advantage) }
      }
    }
  }

  /// Rewards come at the last token, less those of the prompt's other rewrites; what divergence costs
  /// comes at each token.
  ///
  /// Prompts differ more in their rewards than a prompt's rewrites do, and the value head sees each
  /// prompt too seldom to know. Without the others' mean, every token of an easy prompt's rewrites is
  /// pushed up and every one of a hard prompt's down, also those that could not have been others; as
  /// rewrites are drawn from few likely tokens, such pushes do not cancel.
  private static func assignGeneralized(to rollouts: inout [Rollout], divergenceWeight: Double) {
    var gains = [Double](repeating: 0, count: rollouts.count)
    let groups = groups(of: rollouts)
    // With one rewrite of each prompt the others of the round have to do.
    for group in groups.contains(where: { $0.count > 1 }) ? groups : [Array(rollouts.indices)] {
      let centred = Advantage.leavingOneOut(group.map { rollouts[$0].reward })
      for (index, gain) in zip(group, centred) { gains[index] = gain }
    }
    for index in rollouts.indices {
      let rollout = rollouts[index]
      var rewards = zip(rollout.then, rollout.reference).map {
        -divergenceWeight * Double($0 - $1)
      }
      if !rewards.isEmpty { rewards[rewards.count - 1] += gains[index] }
      let values = rollout.values.map(Double.init)
      let advantages = Advantage.generalized(rewards: rewards, values: values)
      rollouts[index].advantages = advantages.map { Float($0) }
      rollouts[index].returns = zip(advantages, values).map { Float($0 + $1) }
    }
    var scaled = Advantage.scaled(rollouts.flatMap { $0.advantages.map(Double.init) })[...]
    for index in rollouts.indices {
      let count = rollouts[index].advantages.count
      rollouts[index].advantages = scaled.prefix(count).map { Float($0) }
      scaled = scaled.dropFirst(count)
    }
  }

  /// The places of each prompt's rewrites.
  static func groups(of rollouts: [Rollout]) -> [[Int]] {
    let places = Dictionary(grouping: rollouts.indices) { rollouts[$0].prompt }
    return places.keys.sorted().compactMap { places[$0] }
  }

  /// The best and the worst rewrite of each prompt, where their rewards differ.
  static func pairs(of rollouts: [Rollout]) -> [[Rollout]] {
    groups(of: rollouts).compactMap { group in
      let group = group.map { rollouts[$0] }
      guard let best = group.max(by: { $0.reward < $1.reward }),
        let worst = group.min(by: { $0.reward < $1.reward }), best.reward > worst.reward
      else { return nil }
      return [best, worst]
    }
  }
}
