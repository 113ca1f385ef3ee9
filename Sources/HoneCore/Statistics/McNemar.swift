// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The exact McNemar test for two prompts that are right or wrong on the same examples.
///
/// McNemar, "Note on the sampling error of the difference between correlated proportions or
/// percentages", 1947; the p-value is that of a fair coin thrown once for each example on which the
/// prompts disagree.
public enum McNemar {
  /// The two-sided p-value.
  ///
  /// - Parameters:
  ///   - wins: Examples only the second prompt has right.
  ///   - losses: Examples only the first prompt has right.
  /// - Returns: A value in 0…1; 1 when the prompts never disagree.
  public static func pValue(wins: Int, losses: Int) -> Double {
    let fewer = max(0, min(wins, losses))
    let total = max(0, wins) + max(0, losses)
    guard total > 0, wins != losses else { return 1 }
    // Terms of the binomial distribution in logarithms, as 2^-total may be too small to hold.
    var term = -Double(total) * log(2)
    var tail = 0.0
    for count in 0...fewer {
      tail += exp(term)
      term += log(Double(total - count) / Double(count + 1))
    }
    return min(1, 2 * tail)
  }
}
