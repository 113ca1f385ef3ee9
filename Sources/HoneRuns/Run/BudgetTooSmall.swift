// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A budget with which the optimizer cannot do one step and the final test.
public struct BudgetTooSmall: Error, Sendable, Hashable, CustomStringConvertible {
  /// Which limit is too small.
  public var limit: BudgetExhausted.Limit
  /// The amount given.
  public var given: Double
  /// The least amount.
  public var needed: Double
  /// The part of it that the final test takes.
  public var finalTest: Double

  /// What is needed and what was given.
  public var description: String {
    let key = limit == .dollars ? "money" : limit.rawValue
    return "the budget of \(words(given)) \(limit.rawValue) is too small: one step of the search "
      + "and the final test need \(words(needed)), of which the test takes \(words(finalTest)); "
      + "raise budget.\(key) to at least \(words(needed)) or use fewer examples"
  }

  /// A whole number, or money rounded up to a hundredth of a cent.
  private func words(_ amount: Double) -> String {
    guard limit == .dollars else { return String(Int(amount)) }
    return String((amount * 1e4).rounded(.up) / 1e4)
  }
}
