// SPDX-License-Identifier: Apache-2.0

/// A rule that decides which of several arms to pull, told what the pulls brought.
///
/// An arm is a candidate and a pull is one row; a reward lies in 0…1. The rule is a value without a
/// session, so it can be tried on arms whose means are known. It draws no chance: equal arms are taken
/// in their order.
///
/// A loop asks for ``nextPulls()``, carries them out, tells each arm's new mean with
/// `tally.set(_:pulls:mean:)`, and ends when no pulls are asked for.
public protocol Bandit: Sendable {
  /// What was seen of each arm.
  var tally: ArmTally { get set }

  /// The pulls to make next, all in one batch; empty when the budget is used or nothing is open.
  mutating func nextPulls() -> [ArmPulls]

  /// The arms, those to keep first and the best of them at the front.
  func ranking() -> [Int]
}

/// How often to pull an arm.
public struct ArmPulls: Sendable, Hashable {
  /// The arm's number, from 0.
  public var arm: Int
  /// The number of pulls, at least 1.
  public var count: Int

  /// Creates a number of pulls.
  public init(arm: Int, count: Int) {
    self.arm = arm
    self.count = count
  }
}
