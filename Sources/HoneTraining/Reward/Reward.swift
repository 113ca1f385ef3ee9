// SPDX-License-Identifier: Apache-2.0

/// What an answer is worth at the prompt of the user who asked.
///
/// An implementer gives one finite number an answer, in their order; more is better. Numbers of one
/// reward are compared with each other only, so any scale will do, yet weights in a sum refer to it.
public protocol Reward: Sendable {
  /// The rewards of answers.
  func rewards(of answers: [RewardedAnswer]) async throws -> [Double]
}

/// The sum of several rewards, each multiplied with its weight.
public struct WeightedReward: Reward {
  /// One reward of the sum.
  public struct Part: Sendable {
    /// Its name for people.
    public var name: String
    /// What it is multiplied with.
    public var weight: Double
    /// The reward.
    public var reward: any Reward

    /// Creates a part.
    public init(name: String, weight: Double = 1, reward: any Reward) {
      self.name = name
      self.weight = weight
      self.reward = reward
    }
  }

  /// The rewards of the sum.
  public let parts: [Part]

  /// Creates a sum.
  /// - Throws: ``TrainingError`` of kind `badSettings` for no parts or a weight that cannot be.
  public init(_ parts: [Part]) throws(TrainingError) {
    guard !parts.isEmpty else {
      throw TrainingError(.badSettings, "There is nothing to reward answers for.")
    }
    for part in parts where !(part.weight > 0 && part.weight.isFinite) {
      throw TrainingError(
        .badSettings,
        "The reward \(part.name) has the weight \(part.weight), required is a positive number.")
    }
    self.parts = parts
  }

  /// The weighted sum.
  /// - Throws: ``TrainingError`` of kind `notFinite` that names the part and the prompt, or what a
  ///   part throws.
  public func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    var sums = [Double](repeating: 0, count: answers.count)
    for part in parts {
      let rewards = try await part.rewards(of: answers)
      for index in sums.indices { sums[index] += part.weight * rewards[index] }
    }
    return sums
  }
}

extension WeightedReward.Part: Reward {
  /// The part's own rewards, without its weight, checked.
  public func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    let rewards = try await reward.rewards(of: answers)
    guard rewards.count == answers.count else {
      throw TrainingError(
        .badData, "The reward \(name) gave \(rewards.count) numbers for \(answers.count) answers.")
    }
    if let place = rewards.firstIndex(where: { !$0.isFinite }) {
      throw TrainingError(
        .notFinite,
        "The reward \(name) of the answer to “\(answers[place].prompt.prefix(60))” is"
          + " \(rewards[place]), which is no finite number.")
    }
    return rewards
  }
}
