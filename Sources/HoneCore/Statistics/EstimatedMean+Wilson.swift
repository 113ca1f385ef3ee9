// SPDX-License-Identifier: Apache-2.0

extension EstimatedMean {
  /// The 97.5 % point of the normal distribution.
  static let normalPoint = 1.959963984540054

  /// A share with its 95 % Wilson score interval.
  ///
  /// Wilson, "Probable inference, the law of succession, and statistical inference", 1927. The
  /// interval of no trials is 0…1.
  public static func wilson(successes: Int, of trials: Int) -> EstimatedMean {
    guard trials > 0 else { return EstimatedMean(mean: 0, lower: 0, upper: 1) }
    let n = Double(trials)
    let share = Double(successes) / n
    let square = normalPoint * normalPoint
    let center = (share + square / (2 * n)) / (1 + square / n)
    let spread = share * (1 - share) / n + square / (4 * n * n)
    let half = normalPoint * spread.squareRoot() / (1 + square / n)
    // Rounding must not put the mean outside its interval.
    return EstimatedMean(
      mean: share, lower: min(share, max(0, center - half)),
      upper: max(share, min(1, center + half)))
  }
}
