// SPDX-License-Identifier: Apache-2.0

/// Numbers written as English words, such as "twelve" and "one hundred and five".
enum NumberWords {
  private static let units: [String: Int] = [
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
  ]
  private static let tens: [String: Int] = [
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
  ]
  private static let scales: [String: Int] = [
    "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
  ]

  /// Whether a word in lower case is a part of a number.
  static func isPart(_ word: String) -> Bool {
    units[word] != nil || tens[word] != nil || scales[word] != nil || word == "hundred"
  }

  /// A number and the tokens it takes.
  struct Found {
    var value: Int
    var tokens: Range<Int>
  }

  /// All numbers in a range of tokens, in order.
  static func all(in text: TextTokens, tokens: Range<Int>) -> [Found] {
    var found: [Found] = []
    var index = tokens.lowerBound
    while index < tokens.upperBound {
      if let number = number(at: index, limit: tokens.upperBound, in: text) {
        found.append(number)
        index = number.tokens.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  private static func number(at start: Int, limit: Int, in text: TextTokens) -> Found? {
    var total = 0
    var group = 0
    var last = Last.nothing
    var end = start
    var index = start
    while index < limit {
      if text.isMark(index, "-"), last != .nothing {
        index += 1
        continue
      }
      guard let word = text.word(index) else { break }
      if let tens = tens[word], last == .nothing || last == .hundred || last == .scale {
        group += tens
        last = .tens
      } else if let unit = units[word],
        last == .nothing || last == .hundred || last == .scale || last == .tens && (1..<10) ~= unit
      {
        group += unit
        last = .unit
      } else if word == "hundred", group > 0, group < 100, last != .scale {
        group *= 100
        last = .hundred
      } else if let scale = scales[word], group > 0, last != .scale {
        total += group * scale
        group = 0
        last = .scale
      } else if word == "and", last == .hundred || last == .scale {
        index += 1
        continue
      } else {
        break
      }
      index += 1
      end = index
    }
    guard last != .nothing else { return nil }
    let isNegative = ["minus", "negative"].contains(text.word(start - 1))
    let value = total + group
    return Found(value: isNegative ? -value : value, tokens: start..<end)
  }

  private enum Last { case nothing, unit, tens, hundred, scale }
}
