// SPDX-License-Identifier: Apache-2.0

/// Finds the numbers written in digits in a text, in one pass.
///
/// Read are a sign, thousands separators ("1,234", thin spaces), a decimal point, an exponent, and
/// fractions ("3/4", "1 1/2", "½"). A digit that follows a letter is part of a name ("B12").
struct NumberScanner {
  /// A number and where it stands, with its sign and currency sign.
  struct Found {
    var number: DecimalText
    var range: Range<Int>
  }

  private let scalars: ArraySlice<Unicode.Scalar>

  init(_ scalars: ArraySlice<Unicode.Scalar>) {
    self.scalars = scalars
  }

  /// All numbers in order.
  func all() -> [Found] {
    var found: [Found] = []
    var index = scalars.startIndex
    while let next = next(from: index) {
      found.append(next)
      index = max(next.range.upperBound, index + 1)
    }
    return found
  }

  /// The first number that begins at or after an index.
  func next(from start: Int) -> Found? {
    var index = start
    while index < scalars.endIndex {
      if beginsNumber(index) { return number(at: index) }
      // A name with digits in it is passed over as a whole.
      if isDigit(index) {
        while isDigit(index) { index += 1 }
      } else {
        index += 1
      }
    }
    return nil
  }

  private func beginsNumber(_ index: Int) -> Bool {
    let before = scalar(index - 1)
    if let before, before == "_" || before.properties.isAlphabetic { return false }
    if isDigit(index) || vulgarFraction(index) != nil { return true }
    return scalar(index) == "." && isDigit(index + 1) && !isDigit(index - 1)
  }

  private func number(at start: Int) -> Found {
    var index = start
    var whole = digits(&index)
    while isThousandsSeparator(index, after: whole.count), isGroup(index + 1) {
      index += 1
      whole += digits(&index)
    }
    var fraction: [UInt8] = []
    if scalar(index) == ".", isDigit(index + 1) {
      index += 1
      fraction = digits(&index)
    }
    var number = DecimalText(whole: whole, fraction: fraction)
    if let exponent = exponent(&index) {
      number = number.shifted(by: exponent)
    } else if fraction.isEmpty, scalar(start - 1) != "/" {
      number = withFraction(number, &index)
    }
    let (isNegative, first) = sign(before: start)
    number.isNegative = isNegative
    return Found(number: number, range: first..<index)
  }

  private func digits(_ index: inout Int) -> [UInt8] {
    var result: [UInt8] = []
    while isDigit(index) {
      result.append(UInt8(scalars[index].value))
      index += 1
    }
    return result
  }

  private func isThousandsSeparator(_ index: Int, after digits: Int) -> Bool {
    guard digits > 0, let separator = scalar(index) else { return false }
    return separator == "," || separator == "\u{202F}" || separator == "\u{2009}"
      || separator == "\u{A0}"
  }

  private func isGroup(_ index: Int) -> Bool {
    isDigit(index) && isDigit(index + 1) && isDigit(index + 2) && !isDigit(index + 3)
  }

  private func exponent(_ index: inout Int) -> Int? {
    guard scalar(index) == "e" || scalar(index) == "E" else { return nil }
    var next = index + 1
    let isNegative = scalar(next) == "-"
    if isNegative || scalar(next) == "+" { next += 1 }
    let digits = digits(&next)
    guard !digits.isEmpty, let value = Int(String(decoding: digits, as: UTF8.self)), value <= 100
    else { return nil }
    index = next
    return isNegative ? -value : value
  }

  /// The number with a fraction after it, or the number divided: "1 1/2", "1½", "3/4".
  private func withFraction(_ number: DecimalText, _ index: inout Int) -> DecimalText {
    if let part = vulgarFraction(index) {
      index += 1
      return DecimalText(number.value.isNaN ? part : number.value + part)
    }
    if let denominator = denominator(index) {
      index = denominator.end
      return DecimalText(number.value / denominator.value)
    }
    var next = index + 1
    guard scalar(index) == " ", isDigit(next) else { return number }
    let numerator = Double(String(decoding: digits(&next), as: UTF8.self)) ?? .nan
    guard let denominator = denominator(next), numerator < denominator.value else { return number }
    index = denominator.end
    return DecimalText(number.value + numerator / denominator.value)
  }

  /// The number after a slash, unless it is zero, long, or part of a date.
  private func denominator(_ slash: Int) -> (value: Double, end: Int)? {
    guard scalar(slash) == "/" || scalar(slash) == "\u{2044}" else { return nil }
    var end = slash + 1
    let digits = digits(&end)
    guard (1...6).contains(digits.count), scalar(end) != "/",
      let value = Double(String(decoding: digits, as: UTF8.self)), value > 0
    else { return nil }
    return (value, end)
  }

  private func vulgarFraction(_ index: Int) -> Double? {
    guard let scalar = scalar(index), !scalar.isASCII, scalar.properties.numericType == .numeric,
      let value = scalar.properties.numericValue, value > 0, value < 1
    else { return nil }
    return value
  }

  /// Whether a minus belongs to the number, and where the number begins with sign and currency.
  private func sign(before start: Int) -> (isNegative: Bool, start: Int) {
    var first = start
    if let before = scalar(first - 1), before.properties.generalCategory == .currencySymbol {
      first -= 1
    }
    guard let mark = scalar(first - 1), mark == "-" || mark == "\u{2212}" || mark == "+" else {
      return (false, first)
    }
    // After a word, a number or a bracket it is a minus between two numbers or a hyphen.
    if let before = scalar(first - 2),
      before.properties.isAlphabetic || before.properties.numericType != nil || before == ")"
        || before == "-"
    {
      return (false, first)
    }
    return (mark != "+", first - 1)
  }

  private func scalar(_ index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) ? scalars[index] : nil
  }

  private func isDigit(_ index: Int) -> Bool {
    guard let scalar = scalar(index) else { return false }
    return ("0"..."9").contains(scalar)
  }
}
