// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What is read from one row of logits, `[vocabulary]`.
enum Logits {
  private typealias Lanes = SIMD16<Float>

  /// The most likely token; of equals the first.
  static func best(of row: UnsafeBufferPointer<Float>) -> Token {
    let top = maximum(of: row)
    return Token(row.firstIndex(of: top) ?? 0)
  }

  /// The largest logit.
  static func maximum(of row: UnsafeBufferPointer<Float>) -> Float {
    guard let base = row.baseAddress else { return 0 }
    let wide = row.count / Lanes.scalarCount
    let raw = UnsafeRawPointer(base)
    var tops = Lanes(repeating: -.infinity)
    for index in 0..<wide {
      let lanes = raw.loadUnaligned(
        fromByteOffset: index * MemoryLayout<Lanes>.size, as: Lanes.self)
      tops.replace(with: lanes, where: lanes .> tops)
    }
    var top = tops.max()
    for index in (wide * Lanes.scalarCount)..<row.count { top = max(top, row[index]) }
    return top
  }

  /// The logarithm of the sum of exponentials, by which logits become log-probabilities.
  static func logSum(of row: UnsafeBufferPointer<Float>) -> Double {
    let top = maximum(of: row)
    guard top.isFinite else { return Double(top) }
    var sum = 0.0
    for value in row { sum += Double(expf(value - top)) }
    return Double(top) + log(sum)
  }

  /// A token drawn with the probabilities that the temperature gives.
  ///
  /// Every token gets a time drawn from the exponential distribution of its weight, and the first one
  /// is taken. A draw that walks along the sum of all weights would fall on another token as soon as
  /// rounding moves that sum; here only two tokens whose times nearly meet can change places.
  ///
  /// - Parameters:
  ///   - row: The logits, `[vocabulary]`.
  ///   - temperature: What logits are divided by, above 0.
  ///   - truncation: Which of the likeliest tokens may be drawn; all unless given.
  ///   - key: What the times are drawn from; the same key gives each token the same chance number.
  /// - Returns: The token.
  static func sample(
    from row: UnsafeBufferPointer<Float>, temperature: Double, truncation: Truncation? = nil,
    key: UInt64
  ) -> Token {
    let top = maximum(of: row)
    guard top.isFinite, temperature > 0 else { return best(of: row) }
    let scale = Float(1 / temperature)
    var first = Double.infinity
    var chosen: Int?
    func run(_ index: Int) {
      let weight = Double(expf((row[index] - top) * scale))
      var chance = SeededGenerator(seed: key &+ UInt64(index) &* 0xD6E8_FEB8_6659_FD93)
      let unit = 1 - chance.nextUnit()
      // The logarithm is at least so large, which spares it for nearly all tokens.
      guard 1 - unit < first * weight else { return }
      let time = -log(unit) / weight
      if time < first { (first, chosen) = (time, index) }
    }
    if let kept = truncation?.kept(of: row, top: top, scale: scale) {
      kept.forEach(run)
    } else {
      row.indices.forEach(run)
    }
    return chosen.map { Token($0) } ?? best(of: row)
  }
}
