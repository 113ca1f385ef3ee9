// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A win rate as it would be if both answers were equally long.
///
/// Yann Dubois et al., Length-Controlled AlpacaEval, arXiv:2404.04475, without the terms for models
/// and instructions, as two prompts for one model are compared: preference is explained by a constant
/// and by the difference in length, and the second is then taken as zero.
public enum LengthControl {
  /// The rate.
  ///
  /// - Parameters:
  ///   - preferences: 1, 0 or what lies between for each pair.
  ///   - differences: The length of the preferred side's answer less the other's.
  /// - Returns: The rate in 0…1; nil without pairs.
  public static func winRate(preferences: [Double], differences: [Double]) -> Double? {
    guard !preferences.isEmpty, preferences.count == differences.count else { return nil }
    let squares = differences.reduce(0) { $0 + $1 * $1 }
    let deviation = (squares / Double(differences.count)).squareRoot()
    let lengths = differences.map { deviation > 0 ? tanh($0 / deviation) : 0 }
    var (constant, slope) = (0.0, 0.0)
    // Newton's steps on the log-likelihood; the slight pull to zero keeps separable data finite.
    let pull = 1e-2
    for _ in 0..<50 {
      var gradient = (-pull * constant, -pull * slope)
      var (a, b, c) = (pull, 0.0, pull)
      for (preference, length) in zip(preferences, lengths) {
        let chance = 1 / (1 + exp(-(constant + slope * length)))
        let spread = chance * (1 - chance)
        gradient.0 += preference - chance
        gradient.1 += (preference - chance) * length
        a += spread
        b += spread * length
        c += spread * length * length
      }
      let determinant = a * c - b * b
      guard determinant > 1e-12 else { break }
      let step = (
        (c * gradient.0 - b * gradient.1) / determinant,
        (a * gradient.1 - b * gradient.0) / determinant
      )
      constant += step.0
      slope += step.1
      if abs(step.0) + abs(step.1) < 1e-10 { break }
    }
    return 1 / (1 + exp(-constant))
  }
}
