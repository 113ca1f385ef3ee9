// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Sentence BLEU as sacrebleu's `sentence_bleu` gives it with its defaults, divided by 100.
///
/// Tokens of mteval-v13a, case kept, orders 1 to 4, exponential smoothing, only orders that the answer
/// is long enough for, clipped counts over all references, the closest reference length. Post, "A call
/// for clarity in reporting BLEU scores", arXiv:1804.08771.
struct Bleu: ResponseMetric {
  private static let maximumOrder = 4

  func outcome(of attempt: Attempt) -> Outcome {
    guard let answer = attempt.answer else { return .unparsable }
    return .scored(Score(Self.score(answer, attempt.normalReferences)))
  }

  static func score(_ answer: String, _ references: [String]) -> Double {
    let given = BleuTokens.tokens(of: answer)
    let wanted = references.map(BleuTokens.tokens)
    var correct: [Int] = []
    var total: [Int] = []
    for order in 1...maximumOrder {
      var limits: [ArraySlice<[UInt32]>: Int] = [:]
      for tokens in wanted {
        limits.merge(NGrams.count(tokens, order: order)) { max($0, $1) }
      }
      correct.append(NGrams.overlap(NGrams.count(given, order: order), limits))
      total.append(max(0, given.count - order + 1))
    }
    guard correct.contains(where: { $0 > 0 }) else { return 0 }
    let closest = wanted.map(\.count).min { a, b in
      let (first, second) = (abs(a - given.count), abs(b - given.count))
      return first == second ? a < b : first < second
    }
    let precision = geometricMean(correct, total)
    return brevityPenalty(given.count, closest ?? 0) * precision
  }

  private static func geometricMean(_ correct: [Int], _ total: [Int]) -> Double {
    var logarithms: [Double] = []
    var smoothing = 1.0
    for (right, all) in zip(correct, total) where all > 0 {
      if right == 0 {
        smoothing *= 2
        logarithms.append(log(1 / (smoothing * Double(all))))
      } else {
        logarithms.append(log(Double(right) / Double(all)))
      }
    }
    guard !logarithms.isEmpty else { return 0 }
    return exp(logarithms.reduce(0, +) / Double(logarithms.count))
  }

  private static func brevityPenalty(_ given: Int, _ wanted: Int) -> Double {
    guard given < wanted else { return 1 }
    return given > 0 ? exp(1 - Double(wanted) / Double(given)) : 0
  }
}

/// The tokens of mteval-v13a, by which sacrebleu counts.
///
/// A token is its Unicode scalars: unlike Swift's strings, sacrebleu tells "é" from "e" with an accent.
enum BleuTokens {
  static func tokens(of text: String) -> [[UInt32]] {
    var scalars = unescaped(text)
    scalars = spaced(scalars) { isSymbol($0) }
    scalars = pairs(scalars, { !isDigit($0) && isStop($1) }) { [$0, " ", $1, " "] }
    scalars = pairs(scalars, { isStop($0) && !isDigit($1) }) { [" ", $0, " ", $1] }
    scalars = pairs(scalars, { isDigit($0) && $1 == "-" }) { [$0, " ", $1, " "] }
    return scalars.split(whereSeparator: \.isSplitSpace).map { $0.map(\.value) }
  }

  /// The line without line ends and escapes, between spaces.
  private static func unescaped(_ text: String) -> [Unicode.Scalar] {
    var line = Array(text.unicodeScalars)
    while let last = line.last, last.isSplitSpace { line.removeLast() }
    line = replacing(line, "<skipped>", "")
    line = replacing(line, "-\n", "")
    line = replacing(line, "\n", " ")
    for (escape, mark) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
      line = replacing(line, escape, mark)
    }
    return [" "] + line + [" "]
  }

  private static func replacing(
    _ scalars: [Unicode.Scalar], _ old: String, _ new: String
  ) -> [Unicode.Scalar] {
    let old = Array(old.unicodeScalars)
    guard scalars.contains(old[0]) else { return scalars }
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < scalars.count {
      if scalars[index...].starts(with: old) {
        result += new.unicodeScalars
        index += old.count
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    return result
  }

  private static func spaced(
    _ scalars: [Unicode.Scalar], _ isMatch: (Unicode.Scalar) -> Bool
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(scalars.count * 2)
    for scalar in scalars {
      if isMatch(scalar) { result += [" ", scalar, " "] } else { result.append(scalar) }
    }
    return result
  }

  /// Replaces pairs of neighbours from left to right, none overlapping another.
  private static func pairs(
    _ scalars: [Unicode.Scalar], _ isMatch: (Unicode.Scalar, Unicode.Scalar) -> Bool,
    _ replacement: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(scalars.count * 2)
    var index = 0
    while index < scalars.count {
      if index + 1 < scalars.count, isMatch(scalars[index], scalars[index + 1]) {
        result += replacement(scalars[index], scalars[index + 1])
        index += 2
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    return result
  }

  /// ASCII marks except the apostrophe, comma, hyphen and full stop; the space is one of them.
  private static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  private static func isStop(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == ","
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }
}
