// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A decimal number of any length as digits, rounded without going through binary fractions.
struct DecimalText {
  var isNegative = false
  /// The digits before the point; may be empty.
  var whole: [UInt8] = []
  /// The digits after the point.
  var fraction: [UInt8] = []

  init(isNegative: Bool = false, whole: [UInt8], fraction: [UInt8]) {
    self.isNegative = isNegative
    self.whole = whole
    self.fraction = fraction
  }

  /// The decimal digits of a number, 15 after the point.
  init(_ value: Double) {
    guard value.isFinite, abs(value) < 1e30 else { return }
    isNegative = value < 0
    let parts = String(format: "%.15f", abs(value)).split(separator: ".")
    whole = parts.first.map { Array($0.utf8) } ?? []
    fraction = parts.count > 1 ? Array(parts[1].utf8) : []
  }

  /// The number times a power of ten from −100 to 100.
  func shifted(by exponent: Int) -> DecimalText {
    var digits = whole + fraction
    var point = whole.count + exponent
    if point < 0 {
      digits = [UInt8](repeating: UInt8(ascii: "0"), count: -point) + digits
      point = 0
    }
    if point > digits.count {
      digits += [UInt8](repeating: UInt8(ascii: "0"), count: point - digits.count)
    }
    return DecimalText(
      isNegative: isNegative, whole: Array(digits[..<point]), fraction: Array(digits[point...]))
  }

  /// The number as text, rounded half away from zero, without superfluous zeros.
  func rounded(to decimals: Int) -> String {
    let zero = UInt8(ascii: "0")
    let kept = max(0, decimals)
    var digits = whole + fraction.prefix(kept)
    digits += [UInt8](repeating: zero, count: max(0, kept - fraction.count))
    if fraction.count > kept, fraction[kept] >= UInt8(ascii: "5") {
      var index = digits.count - 1
      while index >= 0, digits[index] == UInt8(ascii: "9") {
        digits[index] = zero
        index -= 1
      }
      if index >= 0 { digits[index] += 1 } else { digits.insert(zero + 1, at: 0) }
    }
    let point = digits.count - kept
    var text = String(decoding: digits[..<point].drop { $0 == zero }, as: UTF8.self)
    if text.isEmpty { text = "0" }
    let tail = digits[point...]
    if let last = tail.lastIndex(where: { $0 != zero }) {
      text += "." + String(decoding: tail[...last], as: UTF8.self)
    }
    return isNegative && text != "0" ? "-" + text : text
  }

  /// The nearest number in floating point.
  var value: Double { Double(rounded(to: fraction.count)) ?? .nan }
}
