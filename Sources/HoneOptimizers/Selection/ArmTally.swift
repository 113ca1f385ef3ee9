// SPDX-License-Identifier: Apache-2.0

/// The pulls and the mean reward of each arm.
public struct ArmTally: Sendable, Hashable {
  /// The pulls of each arm.
  public private(set) var pulls: [Int]
  /// The mean reward of each arm; 0 for one that was not pulled.
  public private(set) var means: [Double]
  /// The most pulls of an arm: its rows; none is left after them and the mean is exact.
  public let limit: Int

  /// Creates the tally of arms that were not pulled.
  public init(arms: Int, limit: Int = .max) {
    pulls = Array(repeating: 0, count: max(0, arms))
    means = Array(repeating: 0, count: max(0, arms))
    self.limit = limit
  }

  /// The number of arms.
  public var arms: Int { pulls.count }
  /// The pulls of all arms.
  public var total: Int { pulls.reduce(0, +) }

  /// How often an arm may still be pulled.
  public func left(_ arm: Int) -> Int { limit - pulls[arm] }

  /// Sets what all pulls of an arm so far brought.
  public mutating func set(_ arm: Int, pulls count: Int, mean: Double) {
    guard pulls.indices.contains(arm) else { return }
    pulls[arm] = count
    means[arm] = mean
  }

  /// Adds one reward to an arm.
  public mutating func add(_ reward: Double, to arm: Int) {
    guard pulls.indices.contains(arm) else { return }
    let count = pulls[arm] + 1
    set(arm, pulls: count, mean: means[arm] + (reward - means[arm]) / Double(count))
  }

  /// Arms by their mean, the best first; a tie keeps their order, and arms without a pull are last.
  public func byMean(_ arms: [Int]) -> [Int] {
    arms.sorted { a, b in
      if (pulls[a] == 0) != (pulls[b] == 0) { return pulls[b] == 0 }
      return means[a] == means[b] ? a < b : means[a] > means[b]
    }
  }
}
