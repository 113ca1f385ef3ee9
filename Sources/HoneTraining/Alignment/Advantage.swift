// SPDX-License-Identifier: Apache-2.0

/// How much better things went than expected.
public enum Advantage {
  /// Generalized advantages of the steps of one text, the last step first known.
  ///
  /// John Schulman et al., High-Dimensional Continuous Control Using Generalized Advantage Estimation,
  /// arXiv:1506.02438, equation 16.
  /// - Parameters:
  ///   - rewards: The reward after each step.
  ///   - values: What was expected before each step.
  ///   - discount: What a reward a step later is worth; γ in the paper.
  ///   - decay: How far back what was not expected reaches; λ in the paper.
  /// - Returns: One number a step.
  public static func generalized(
    rewards: [Double], values: [Double], discount: Double = 1, decay: Double = 0.95
  ) -> [Double] {
    var advantages = [Double](repeating: 0, count: rewards.count)
    var next = 0.0
    var nextValue = 0.0
    for step in rewards.indices.reversed() {
      let surprise = rewards[step] + discount * nextValue - values[step]
      next = surprise + discount * decay * next
      advantages[step] = next
      nextValue = values[step]
    }
    return advantages
  }

  /// Each reward less the mean of the others: how much better it is than what else was drawn.
  ///
  /// Wouter Kool et al., Buy 4 REINFORCE Samples, Get a Baseline for Free!, DeepRLStructPred 2019. As
  /// a reward does not depend on the others, the expected gradient stays what it was. A single reward
  /// is kept as it is.
  public static func leavingOneOut(_ rewards: [Double]) -> [Double] {
    guard rewards.count > 1 else { return rewards }
    let sum = rewards.reduce(0, +)
    let others = Double(rewards.count - 1)
    return rewards.map { $0 - (sum - $0) / others }
  }

  /// Advantages of a size that does not depend on the rewards' scale: divided by the root of their
  /// mean square, and not shifted.
  ///
  /// Shifting them would give a push to tokens for which there was nothing to choose. All are 0 where
  /// all are.
  public static func scaled(_ advantages: [Double]) -> [Double] {
    let square = advantages.reduce(0) { $0 + $1 * $1 } / Double(max(1, advantages.count))
    guard square > 1e-16 else { return advantages.map { _ in 0 } }
    return advantages.map { $0 / square.squareRoot() }
  }

  /// The rewards of one prompt's rewrites, measured against each other.
  ///
  /// Zhihong Shao et al., DeepSeekMath, arXiv:2402.03300: the distance to the group's mean in
  /// deviations. All are 0 where all rewards are equal.
  public static func grouped(_ rewards: [Double]) -> [Double] {
    let count = Double(max(1, rewards.count))
    let mean = rewards.reduce(0, +) / count
    let variance = rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > 1e-12 else { return rewards.map { _ in 0 } }
    return rewards.map { ($0 - mean) / variance.squareRoot() }
  }
}
