// SPDX-License-Identifier: Apache-2.0

/// The limits of a run over all roles; nil means no limit.
public struct Budget: Sendable, Hashable, Codable {
  /// Model calls: one example under one prompt, one proposal, one judgement, one embedded text.
  public var calls: Int?
  /// Tokens read and written.
  public var tokens: Int?
  /// Wall time of the run, all its sittings together, in seconds.
  public var seconds: Double?
  /// Money in US dollars.
  public var dollars: Double?

  /// Creates limits.
  public init(
    calls: Int? = nil, tokens: Int? = nil, seconds: Double? = nil, dollars: Double? = nil
  ) {
    self.calls = calls
    self.tokens = tokens
    self.seconds = seconds
    self.dollars = dollars
  }
}

/// What was used of a budget.
public struct Spend: Sendable, Hashable, Codable {
  /// Calls by role.
  public var calls: [ModelRole: Int]
  /// Tokens and money by role.
  public var usage: [ModelRole: Usage]
  /// Wall time in seconds.
  public var seconds: Double

  /// Creates a spend, nothing by default.
  public init(calls: [ModelRole: Int] = [:], usage: [ModelRole: Usage] = [:], seconds: Double = 0) {
    self.calls = calls
    self.usage = usage
    self.seconds = seconds
  }

  /// Calls of all roles.
  public var totalCalls: Int { calls.values.reduce(0, +) }
  /// Tokens and money of all roles.
  public var totalUsage: Usage { usage.values.reduce(Usage(), +) }
}

/// A limit of the budget that was reached.
public struct BudgetExhausted: Error, Sendable, Hashable, Codable, CustomStringConvertible {
  /// Which limit.
  public enum Limit: String, Sendable, Hashable, Codable {
    case calls, tokens, seconds, dollars
  }

  /// Which limit.
  public var limit: Limit
  /// The amount allowed.
  public var allowed: Double
  /// The amount that the next request would have needed in all.
  public var needed: Double

  /// Creates the error.
  public init(limit: Limit, allowed: Double, needed: Double) {
    self.limit = limit
    self.allowed = allowed
    self.needed = needed
  }

  /// The limit, what was allowed and what was needed.
  public var description: String {
    "the budget of \(format(allowed)) \(limit.rawValue) is used up; \(format(needed)) were needed"
  }

  private func format(_ number: Double) -> String {
    // Four decimals are enough for money and time.
    let rounded = (number * 1e4).rounded() / 1e4
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? String(Int(rounded)) : String(rounded)
  }
}
