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
  /// The share of failed calls among the last 200, in 0…1, above which a run stops to be resumed
  /// later; a tenth when nil.
  public var failures: Double?

  /// Creates limits.
  public init(
    calls: Int? = nil, tokens: Int? = nil, seconds: Double? = nil, dollars: Double? = nil,
    failures: Double? = nil
  ) {
    self.calls = calls
    self.tokens = tokens
    self.seconds = seconds
    self.dollars = dollars
    self.failures = failures
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
  /// Calls that ended otherwise than with a whole answer, by role.
  public var endings: [ModelRole: CallEndings]

  /// Creates a spend, nothing by default.
  public init(
    calls: [ModelRole: Int] = [:], usage: [ModelRole: Usage] = [:], seconds: Double = 0,
    endings: [ModelRole: CallEndings] = [:]
  ) {
    self.calls = calls
    self.usage = usage
    self.seconds = seconds
    self.endings = endings
  }

  /// Reads a spend; those written before endings were counted have none.
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    calls = try container.decode([ModelRole: Int].self, forKey: .calls)
    usage = try container.decode([ModelRole: Usage].self, forKey: .usage)
    seconds = try container.decode(Double.self, forKey: .seconds)
    endings =
      try container.decodeIfPresent([ModelRole: CallEndings].self, forKey: .endings) ?? [:]
  }

  /// Calls of all roles.
  public var totalCalls: Int { calls.values.reduce(0, +) }
  /// Tokens and money of all roles.
  public var totalUsage: Usage { usage.values.reduce(Usage(), +) }
  /// Endings of all roles.
  public var totalEndings: CallEndings { endings.values.reduce(CallEndings(), +) }
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
