// SPDX-License-Identifier: Apache-2.0

/// The paired permutation test of a mean difference: how often random signs make it as large.
///
/// Differences of 0 have no sign and are passed over.
public enum PermutationTest {
  /// The most differences for which all signs are tried.
  public static let exactLimit = 16
  /// The number of random draws of signs beyond that.
  public static let draws = 20_000

  /// The two-sided p-value of a mean of 0.
  ///
  /// Exact for at most ``exactLimit`` differences other than 0; else estimated from ``draws`` draws of
  /// the seed, the observed signs counted as one of them, so it is never 0.
  public static func pValue(differences: [Double], seed: UInt64) -> Double {
    let sizes = differences.filter { $0 != 0 && $0.isFinite }
    guard !sizes.isEmpty else { return 1 }
    let observed = abs(sizes.reduce(0, +))
    // Sums of the same numbers in another order may differ in their last digits.
    let limit = observed - 1e-9 * sizes.reduce(0) { $0 + abs($1) }
    return sizes.count <= exactLimit
      ? exact(sizes, limit) : estimated(sizes, limit, seed)
  }

  private static func exact(_ sizes: [Double], _ limit: Double) -> Double {
    var extreme = 0
    let all = 1 << sizes.count
    for signs in 0..<all {
      var sum = 0.0
      for (bit, size) in sizes.enumerated() {
        sum += signs & (1 << bit) == 0 ? size : -size
      }
      if abs(sum) >= limit { extreme += 1 }
    }
    return Double(extreme) / Double(all)
  }

  private static func estimated(_ sizes: [Double], _ limit: Double, _ seed: UInt64) -> Double {
    var generator = SeededGenerator(seed: seed, stream: "permutation test")
    var extreme = 0
    for _ in 0..<draws {
      var sum = 0.0
      var bits: UInt64 = 0
      for (index, size) in sizes.enumerated() {
        if index % 64 == 0 { bits = generator.next() }
        sum += bits & 1 == 0 ? size : -size
        bits >>= 1
      }
      if abs(sum) >= limit { extreme += 1 }
    }
    return Double(extreme + 1) / Double(draws + 1)
  }
}
