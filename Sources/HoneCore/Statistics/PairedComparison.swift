// SPDX-License-Identifier: Apache-2.0

/// Two prompts compared on the same examples.
public struct PairedComparison: Sendable, Hashable, Codable {
  /// The test behind the p-value.
  public enum Test: String, Sendable, Hashable, Codable {
    /// Exact McNemar test, for right or wrong.
    case mcnemar
    /// Paired permutation test of the mean difference, for other numbers.
    case permutation
  }

  /// Examples on which both have a counted outcome.
  public var pairs: Int
  /// The first prompt's mean and its 95 % interval.
  public var first: EstimatedMean
  /// The second prompt's mean and its 95 % interval.
  public var second: EstimatedMean
  /// The mean of second − first and its 95 % interval.
  public var difference: EstimatedMean
  /// Examples on which the second is better.
  public var wins: Int
  /// Examples on which the first is better.
  public var losses: Int
  /// The test behind the p-value.
  public var test: Test
  /// The two-sided p-value.
  public var pValue: Double

  /// Creates a comparison.
  public init(
    pairs: Int, first: EstimatedMean, second: EstimatedMean, difference: EstimatedMean, wins: Int,
    losses: Int, test: Test, pValue: Double
  ) {
    self.pairs = pairs
    self.first = first
    self.second = second
    self.difference = difference
    self.wins = wins
    self.losses = losses
    self.test = test
    self.pValue = pValue
  }
}

/// A mean with its 95 % interval.
public struct EstimatedMean: Sendable, Hashable, Codable {
  /// The mean.
  public var mean: Double
  /// The lower end of the interval.
  public var lower: Double
  /// The upper end of the interval.
  public var upper: Double

  /// Creates an estimate.
  public init(mean: Double, lower: Double, upper: Double) {
    self.mean = mean
    self.lower = lower
    self.upper = upper
  }
}
