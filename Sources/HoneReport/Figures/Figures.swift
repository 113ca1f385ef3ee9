// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Numbers in the words of the report.
public enum Figures {
  /// A whole number in groups of three, such as `12 345`, with a narrow space that does not break.
  public static func count(_ number: Int, separator: String = "\u{202F}") -> String {
    let digits = String(number.magnitude)
    var groups: [Substring] = []
    var rest = Substring(digits)
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    groups.insert(rest, at: 0)
    // Four digits are read well enough without a gap.
    let text = digits.count <= 4 ? digits : groups.joined(separator: separator)
    return number < 0 ? "−" + text : text
  }

  /// A number with its noun, such as `1 call` or `12 calls`.
  public static func count(_ number: Int, _ noun: String, separator: String = "\u{202F}") -> String
  {
    count(number, separator: separator) + " " + (number == 1 ? noun : noun + "s")
  }

  /// A span of time in its two largest units, such as `2 min 05 s`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "–" }
    if seconds < 9.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    if whole < 86_400 { return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60) }
    return String(format: "%d d %02d h", whole / 86_400, whole % 86_400 / 3600)
  }

  /// A p-value, such as `p = 0.021` or `p < 0.001`.
  public static func pValue(_ value: Double) -> String {
    guard value.isFinite else { return "p unknown" }
    if value < 0.001 { return "p < 0.001" }
    return String(format: value < 0.1 ? "p = %.3f" : "p = %.2f", min(value, 1))
  }

  /// Money, such as `$0.42`; more digits below a cent.
  public static func dollars(_ amount: Double) -> String {
    guard amount.isFinite else { return "–" }
    return String(format: amount > 0 && amount < 0.01 ? "$%.5f" : "$%.2f", amount)
  }

  /// A share of 1 without needless decimals, such as `12.5 %`.
  public static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? String(format: "%.0f %%", tenths / 10) : String(format: "%.1f %%", tenths / 10)
  }

  /// The test's name for readers.
  public static func name(of test: PairedComparison.Test) -> String {
    switch test {
    case .mcnemar: "exact McNemar test"
    case .permutation: "paired permutation test"
    }
  }

  /// The metric's name for readers, short enough for a heading.
  public static func name(of metric: MetricConfiguration) -> String {
    switch metric {
    case .accuracy: "accuracy"
    case .exactMatch: "exact match"
    case .tokenF1: "token F1"
    case .macroF1: "macro F1"
    case .number(let tolerance): "number within \(tolerance)"
    case .rouge1: "ROUGE-1"
    case .rouge2: "ROUGE-2"
    case .rougeL: "ROUGE-L"
    case .bleu: "BLEU"
    case .chrf: "chrF"
    case .editSimilarity: "edit similarity"
    case .regex: "regular expression"
    case .jsonEquality: "JSON equality"
    case .contains: "contains"
    case .length(let words): "at most \(words) words"
    case .command: "command"
    case .judge: "judge"
    case .weighted(let parts): parts.map { name(of: $0.metric) }.joined(separator: " + ")
    }
  }
}

extension Figures {
  /// The text with a capital at its start.
  static func sentenceCase(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
