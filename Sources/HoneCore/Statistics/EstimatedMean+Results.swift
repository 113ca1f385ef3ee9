// SPDX-License-Identifier: Apache-2.0

extension EstimatedMean {
  /// The mean of the counted outcomes with its 95 % interval; nil when none was counted.
  ///
  /// The interval is Wilson's for right and wrong, and a bootstrap otherwise; also where a result said
  /// to be right or wrong is neither 1 nor 0.
  public init?(of results: [ExampleResult], binary: Bool, seed: UInt64) {
    self.init(values: results.compactMap(\.outcome.value), binary: binary, seed: seed)
  }

  init?(values: [Double], binary: Bool, seed: UInt64) {
    guard !values.isEmpty else { return nil }
    if binary, values.allSatisfy({ $0 == 0 || $0 == 1 }) {
      self = .wilson(successes: values.count { $0 == 1 }, of: values.count)
    } else if let estimate = EstimatedMean.bootstrap(values, seed: seed) {
      self = estimate
    } else {
      return nil
    }
  }
}
