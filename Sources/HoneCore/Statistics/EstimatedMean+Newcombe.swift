// SPDX-License-Identifier: Apache-2.0

extension EstimatedMean {
  /// The difference of two shares of the same examples with its 95 % interval.
  ///
  /// Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
  /// paired data", 1998, method 10: Wilson intervals of both shares, joined by their correlation.
  ///
  /// - Parameters:
  ///   - both: Examples both have right.
  ///   - first: Examples only the first has right.
  ///   - second: Examples only the second has right.
  ///   - neither: Examples neither has right.
  /// - Returns: Second less first, in −1…1; the interval of no examples is −1…1.
  public static func pairedDifference(
    both: Int, first: Int, second: Int, neither: Int
  ) -> EstimatedMean {
    let n = both + first + second + neither
    guard n > 0 else { return EstimatedMean(mean: 0, lower: -1, upper: 1) }
    let one = wilson(successes: both + first, of: n)
    let two = wilson(successes: both + second, of: n)
    let correlation = correlation(both, first, second, neither)
    func reach(_ a: Double, _ b: Double) -> Double {
      max(0, a * a - 2 * correlation * a * b + b * b).squareRoot()
    }
    let mean = Double(second - first) / Double(n)
    let down = reach(two.mean - two.lower, one.upper - one.mean)
    let up = reach(two.upper - two.mean, one.mean - one.lower)
    return EstimatedMean(mean: mean, lower: max(-1, mean - down), upper: min(1, mean + up))
  }

  /// The correlation of the two, less a correction for continuity; 0 where it has no meaning.
  private static func correlation(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Double {
    let margins = [a + b, c + d, a + c, b + d].map(Double.init)
    guard !margins.contains(0) else { return 0 }
    let half = Double(a + b + c + d) / 2
    var excess = Double(a) * Double(d) - Double(b) * Double(c)
    if excess > 0 { excess = max(0, excess - half) }
    return excess / margins.reduce(1, *).squareRoot()
  }
}
