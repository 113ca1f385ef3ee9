// SPDX-License-Identifier: Apache-2.0

/// A number written with a unit, such as `2M`, `30m`, `$5` or `40%`.
package struct Quantity: Sendable {
  /// What is required, in words that follow "must be".
  package var requirement: String
  /// A regular expression of ECMA-262 that its texts match.
  var pattern: String
  /// The kind of plain number that is one too, if any: `integer` or `number` of JSON Schema, above 0.
  var plainNumber: String?
  /// The amount, or nil when the text is not one.
  package var amount: @Sendable (String) -> Double?

  /// A whole number of things, with `k`, `M` or `G`.
  package static let count = Quantity(
    requirement: "a whole number from 1, such as 5000, 5k or 2M",
    pattern: #"^[0-9]+(\.[0-9]+)?\s*[kKmMgG]?$"#, plainNumber: "integer"
  ) { text in
    guard let (number, unit) = split(text),
      let factor = ["": 1.0, "k": 1e3, "m": 1e6, "g": 1e9][unit.lowercased()]
    else { return nil }
    let amount = (number * factor * 1e3).rounded() / 1e3
    return amount >= 1 && amount <= 1e15 && amount == amount.rounded() ? amount : nil
  }

  /// Seconds, written with units.
  package static let duration = Quantity(
    requirement: "a time with units, such as 90s, 30m, 2h or 1h 30m",
    pattern: #"^([0-9]+(\.[0-9]+)?\s*[smhd]\s*)+$"#, plainNumber: nil
  ) { text in
    let factors: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    var total = 0.0
    var digits = ""
    for character in text where character != " " {
      if let factor = factors[character] {
        guard let number = decimal(digits) else { return nil }
        total += number * factor
        digits = ""
      } else {
        digits.append(character)
      }
    }
    return digits.isEmpty && total > 0 && total <= 1e10 ? total : nil
  }

  /// US dollars.
  package static let money = Quantity(
    requirement: "an amount of US dollars above 0, such as 5, $5 or 0.50 USD",
    pattern: #"^\$?\s*[0-9]+(\.[0-9]+)?\s*(USD)?$"#, plainNumber: "number"
  ) { text in
    var rest = text[...]
    if rest.hasPrefix("$") { rest = rest.dropFirst() }
    guard let (number, unit) = split(String(rest.drop { $0 == " " })), number > 0,
      number <= 1e12, unit.isEmpty || unit == "USD"
    else { return nil }
    return number
  }

  /// A part of 1.
  package static let percentage = Quantity(
    requirement: "a percentage above 0% and up to 100%, such as 10%",
    pattern: #"^[0-9]+(\.[0-9]+)?\s*%$"#, plainNumber: nil
  ) { text in
    guard let (number, unit) = split(text), unit == "%", number > 0, number <= 100 else {
      return nil
    }
    return number / 100
  }

  /// A part of the rows: percent as a negative number, a number of rows as a positive one.
  static let share = Quantity(
    requirement: "a percentage such as 40%, or a whole number of rows from 1",
    pattern: #"^[0-9]+(\.[0-9]+)?\s*%?$"#, plainNumber: "integer"
  ) { text in
    guard let (number, unit) = split(text), number > 0 else { return nil }
    if unit == "%" { return number <= 100 ? -number : nil }
    return unit.isEmpty && number == number.rounded() && number <= 1e12 ? number : nil
  }

  /// The number and the unit after it.
  private static func split(_ text: String) -> (Double, String)? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = decimal(String(digits)) else { return nil }
    return (number, String(text.dropFirst(digits.count).drop { $0 == " " }))
  }

  private static func decimal(_ digits: String) -> Double? {
    guard digits.utf8.count <= 30, digits.first?.isNumber == true, digits.last?.isNumber == true
    else { return nil }
    return digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } ? Double(digits) : nil
  }
}
