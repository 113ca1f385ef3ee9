// SPDX-License-Identifier: Apache-2.0

/// What a response's headers say of the rate limits.
struct RateHeaders: Sendable, Hashable {
  /// Requests and tokens a minute.
  var requestLimit: Double?
  var tokenLimit: Double?
  /// What is left of them.
  var requestsLeft: Double?
  var tokensLeft: Double?

  init() {}

  /// Reads the names that OpenAI and those like it use, and Anthropic's.
  init(_ headers: [String: String]) {
    func number(_ names: String...) -> Double? {
      for name in names {
        if let value = headers[name].flatMap({ Double($0) }), value.isFinite, value >= 0 {
          return value
        }
      }
      return nil
    }
    requestsLeft = number(
      "x-ratelimit-remaining-requests", "anthropic-ratelimit-requests-remaining")
    tokensLeft = number("x-ratelimit-remaining-tokens", "anthropic-ratelimit-tokens-remaining")
    tokenLimit = number("x-ratelimit-limit-tokens", "anthropic-ratelimit-tokens-limit")
    requestLimit = number("x-ratelimit-limit-requests", "anthropic-ratelimit-requests-limit")
    // Some limits are of a day: what comes back slower than in a minute says nothing of a minute.
    if Self.seconds(headers["x-ratelimit-reset-requests"]).map({ $0 > 60 }) == true {
      requestLimit = nil
      requestsLeft = nil
    }
  }

  /// A length of time such as `1m30.5s`, `6ms` or plain seconds; nil for anything else.
  static func seconds(_ text: String?) -> Double? {
    guard let text, !text.isEmpty else { return nil }
    if let plain = Double(text) { return plain.isFinite && plain >= 0 ? plain : nil }
    let units: [String: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400]
    var total = 0.0
    var rest = text[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let amount = Double(digits), let factor = units[String(unit)] else { return nil }
      total += amount * factor
    }
    return total
  }
}
