// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Prices of models by name, as a text says them.
///
/// A line holds a model's name and three amounts of US dollars for a million tokens: read, read from
/// the service's cache (`-` when it costs the same), written. A name that ends in `*` stands for all
/// that begin so. `as of DATE` dates the lines after it; `#` begins a comment at the start of a line
/// or after white space.
///
/// ```
/// as of 2026-07-24
/// openai:gpt-4o-mini          0.15  0.075  0.60
/// http://10.0.0.5:8000/v1#*   0     0      0
/// ```
public struct PriceTable: Sendable, Hashable {
  /// A price and the day it was true.
  public struct Entry: Sendable, Hashable {
    /// The price.
    public var price: TokenPrice
    /// The day, such as `2026-07-24`; nil when the text gives none.
    public var date: String?
  }

  private var exact: [String: Entry] = [:]
  /// By the part before the star, the longest first.
  private var beginnings: [(text: String, entry: Entry)] = []

  /// Creates a table without prices.
  public init() {}

  /// Reads a table.
  /// - Throws: ``PriceProblem`` with the first line that cannot be read.
  public init(_ text: String, file: String) throws(PriceProblem) {
    var date: String?
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let words = Self.words(line)
      guard let name = words.first else { continue }
      if words.count == 3, words[0] == "as", words[1] == "of" {
        date = words[2]
        continue
      }
      guard words.count == 4, let read = Self.amount(words[1]),
        let written = Self.amount(words[3]), words[2] == "-" || Self.amount(words[2]) != nil
      else { throw PriceProblem(file: file, line: number, content: words.joined(separator: " ")) }
      let price = TokenPrice(
        prompt: read, completion: written, cachedPrompt: Self.amount(words[2]))
      add(Entry(price: price, date: date), for: name)
    }
    beginnings.sort { $0.text.utf8.count > $1.text.utf8.count }
  }

  /// The number of lines with a price.
  public var count: Int { exact.count + beginnings.count }

  /// The entry of a name, or of the longest beginning with a star.
  subscript(name: String) -> Entry? {
    exact[name] ?? beginnings.first { name.hasPrefix($0.text) }?.entry
  }

  /// The entry of exactly this name.
  func exactly(_ name: String) -> Entry? { exact[name] }

  private mutating func add(_ entry: Entry, for name: String) {
    if name.hasSuffix("*") {
      beginnings.append((String(name.dropLast()), entry))
    } else {
      exact[name] = entry
    }
  }

  /// The words before a comment, which begins with `#` as a word of its own: addresses hold one too.
  private static func words(_ line: Substring) -> [String] {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    return Array(words.prefix { !$0.hasPrefix("#") })
  }

  private static func amount(_ word: String) -> Double? {
    guard word.first?.isNumber == true, let value = Double(word), value.isFinite, value < 1e9
    else { return nil }
    return value
  }

  /// Whether two tables hold the same prices.
  public static func == (a: PriceTable, b: PriceTable) -> Bool {
    a.exact == b.exact && a.beginnings.elementsEqual(b.beginnings) { $0 == $1 }
  }

  /// Hashes the prices of whole names.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(exact)
  }
}

/// A line of a file of prices that cannot be read.
public struct PriceProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What stands there.
  public var content: String

  /// The place, what is required and what was there.
  public var description: String {
    "\(file):\(line): a line must be a model's name and three amounts of dollars for a million "
      + "tokens (read, read from the service's cache or -, written), such as "
      + "“openai:gpt-4o-mini 0.15 0.075 0.60”, or “as of DATE”, not “\(content.prefix(120))”"
  }
}
