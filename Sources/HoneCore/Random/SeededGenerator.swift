// SPDX-License-Identifier: Apache-2.0

/// A small random generator whose sequence depends on its seed alone (SplitMix64).
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable, Codable {
  private var state: UInt64

  /// Creates the generator of a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// Creates the generator of a named stream, so that parts of one run draw independently.
  public init(seed: UInt64, stream: String) {
    state = seed ^ StableHash.of(stream)
    _ = next()
  }

  /// Draws 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Draws a whole number in `0..<bound`; 0 when the bound is not positive.
  public mutating func nextIndex(below bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    return Int(next(upperBound: UInt64(bound)))
  }

  /// Draws a number in `0..<1`.
  public mutating func nextUnit() -> Double {
    Double(next() >> 11) * 0x1.0p-53
  }
}

extension Array {
  /// The elements in an order drawn from the generator (Fisher–Yates), the same on every platform.
  public func shuffled(by generator: inout SeededGenerator) -> [Element] {
    var result = self
    guard result.count > 1 else { return result }
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, generator.nextIndex(below: last + 1))
    }
    return result
  }

  /// An element drawn with equal chances, or nil when there is none.
  public func drawn(by generator: inout SeededGenerator) -> Element? {
    isEmpty ? nil : self[generator.nextIndex(below: count)]
  }

  /// An index drawn in proportion to the weights; nil when no weight is positive.
  public static func drawnIndex(weights: [Double], by generator: inout SeededGenerator) -> Int? {
    let total = weights.reduce(0) { $0 + Swift.max(0, $1) }
    guard total > 0, total.isFinite else { return nil }
    var left = generator.nextUnit() * total
    for (index, weight) in weights.enumerated() where weight > 0 {
      left -= weight
      if left < 0 { return index }
    }
    return weights.lastIndex { $0 > 0 }
  }
}
