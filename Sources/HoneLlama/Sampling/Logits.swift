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
  /// - Parameters:
  ///   - row: The logits, `[vocabulary]`.
  ///   - temperature: What logits are divided by, above 0.
  ///   - unit: A random number in `0..<1`.
  /// - Returns: The token.
  static func sample(
    from row: UnsafeBufferPointer<Float>, temperature: Double, unit: Double
  ) -> Token {
    let top = maximum(of: row)
    guard top.isFinite, temperature > 0 else { return best(of: row) }
    let scale = Float(1 / temperature)
    var total = 0.0
    for value in row { total += Double(expf((value - top) * scale)) }
    var left = unit * total
    for (index, value) in row.enumerated() {
      left -= Double(expf((value - top) * scale))
      if left < 0 { return Token(index) }
    }
    return best(of: row)
  }
}
