// SPDX-License-Identifier: Apache-2.0

extension EstimatedMean {
  /// The number of samples of a bootstrap interval.
  public static let bootstrapSamples = 5_000

  /// A mean with its 95 % percentile bootstrap interval; nil without values.
  ///
  /// Efron, "Bootstrap methods: another look at the jackknife", 1979, with ``bootstrapSamples``
  /// samples drawn from the seed. The interval says little for fewer than about 20 values.
  public static func bootstrap(_ values: [Double], seed: UInt64) -> EstimatedMean? {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    guard values.contains(where: { $0 != values[0] }) else {
      return EstimatedMean(mean: mean, lower: mean, upper: mean)
    }
    var generator = SeededGenerator(seed: seed, stream: "bootstrap")
    let count = UInt64(values.count)
    var means: [Double] = []
    means.reserveCapacity(bootstrapSamples)
    for _ in 0..<bootstrapSamples {
      var sum = 0.0
      for _ in values.indices {
        // The high half of a product draws evenly enough for any number of rows.
        sum += values[Int(generator.next().multipliedFullWidth(by: count).high)]
      }
      means.append(sum / Double(values.count))
    }
    means.sort()
    return EstimatedMean(
      mean: mean, lower: min(mean, quantile(means, 0.025)), upper: max(mean, quantile(means, 0.975))
    )
  }

  /// The value at a share of sorted values, between two of them in a straight line.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
  }
}
