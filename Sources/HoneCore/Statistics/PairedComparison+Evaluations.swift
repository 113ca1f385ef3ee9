// SPDX-License-Identifier: Apache-2.0

extension PairedComparison {
  /// Compares two evaluations on the examples where both have a counted outcome.
  ///
  /// For right and wrong the p-value is ``McNemar``'s, the means have Wilson intervals and the
  /// difference Newcombe's. For other numbers the p-value is from the ``PermutationTest`` and all
  /// intervals are bootstrapped over examples, with the seed; so too where an outcome said to be right
  /// or wrong is neither 1 nor 0.
  /// - Returns: nil when no example is counted in both.
  public init?(first: Evaluation, second: Evaluation, binary: Bool, seed: UInt64) {
    let pairs = Self.values(first, second)
    let differences = pairs.map { $0.second - $0.first }
    let isBinary =
      binary
      && pairs.allSatisfy { ($0.first == 0 || $0.first == 1) && ($0.second == 0 || $0.second == 1) }
    guard
      let firstMean = EstimatedMean(values: pairs.map(\.first), binary: isBinary, seed: seed),
      let secondMean = EstimatedMean(values: pairs.map(\.second), binary: isBinary, seed: seed)
    else { return nil }
    let wins = differences.count { $0 > 0 }
    let losses = differences.count { $0 < 0 }
    let difference: EstimatedMean
    let pValue: Double
    if isBinary {
      let both = pairs.count { $0.first == 1 && $0.second == 1 }
      difference = .pairedDifference(
        both: both, first: losses, second: wins, neither: pairs.count - both - wins - losses)
      pValue = McNemar.pValue(wins: wins, losses: losses)
    } else {
      guard let estimate = EstimatedMean.bootstrap(differences, seed: seed) else { return nil }
      difference = estimate
      pValue = PermutationTest.pValue(differences: differences, seed: seed)
    }
    self.init(
      pairs: pairs.count, first: firstMean, second: secondMean, difference: difference, wins: wins,
      losses: losses, test: isBinary ? .mcnemar : .permutation, pValue: pValue)
  }

  /// The values of the examples counted in both, in the first's order.
  private static func values(
    _ first: Evaluation, _ second: Evaluation
  ) -> [(first: Double, second: Double)] {
    var others: [String: Double] = [:]
    for result in second.results where others[result.example] == nil {
      others[result.example] = result.outcome.value
    }
    return first.results.compactMap { result in
      guard let value = result.outcome.value, let other = others.removeValue(forKey: result.example)
      else { return nil }
      return (value, other)
    }
  }
}
