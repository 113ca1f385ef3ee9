// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What is known of the components' effects on the score: a linear model with a normal prior.
///
/// A form's score is the base plus the sum of its features' effects. Draws from the posterior choose
/// what to try (Thompson, "On the likelihood that one unknown probability exceeds another", 1933), by
/// Matheron's rule: a draw from the prior, corrected by what the observations say of it. Exact, and
/// as costly as one linear system in the number of observations.
struct ComponentEffects: Sendable {
  /// The mean effect of a feature before anything is known.
  let priorMean: @Sendable (String) -> Double
  /// The variance of a score's noise.
  let noise: Double
  private let observed: [FormFeatures]
  private let scores: [Double]
  /// The lower triangular root of the observations' covariance.
  private let root: [[Double]]

  /// Learns from scores, which count as differences from `base`.
  init(
    observed: [FormFeatures], scores: [Double], base: Double, noise: Double,
    priorMean: @escaping @Sendable (String) -> Double
  ) {
    self.priorMean = priorMean
    self.noise = noise
    self.observed = observed
    self.scores = scores.map { $0 - base }
    root = Self.root(of: observed, noise: noise)
  }

  /// Draws effects and returns the predicted differences of forms under that draw.
  func draw(for forms: [FormFeatures], by chance: inout SeededGenerator) -> [Double] {
    var drawn: [String: Double] = [:]
    for features in observed + forms {
      for (name, _) in features.values where drawn[name] == nil {
        drawn[name] =
          priorMean(name) + FormFeatures.variance(of: name).squareRoot() * chance.nextNormal()
      }
    }
    let predict = { (features: FormFeatures) in
      features.values.reduce(0) { $0 + $1.value * (drawn[$1.name] ?? 0) }
    }
    let residuals = zip(observed, scores).map { features, score in
      score - predict(features) - noise.squareRoot() * chance.nextNormal()
    }
    let weights = solve(residuals)
    return forms.map { features in
      zip(observed, weights).reduce(predict(features)) { $0 + $1.1 * features.product(with: $1.0) }
    }
  }

  /// Cholesky's factor of K + noise · I, where K holds the products of the observations.
  private static func root(of observed: [FormFeatures], noise: Double) -> [[Double]] {
    var root = observed.map { _ in [Double](repeating: 0, count: observed.count) }
    for i in observed.indices {
      for j in 0...i {
        var sum = observed[i].product(with: observed[j]) + (i == j ? noise : 0)
        for k in 0..<j { sum -= root[i][k] * root[j][k] }
        root[i][j] = i == j ? max(sum, 1e-12).squareRoot() : sum / root[j][j]
      }
    }
    return root
  }

  private func solve(_ values: [Double]) -> [Double] {
    var result = values
    for i in result.indices {
      for k in 0..<i { result[i] -= root[i][k] * result[k] }
      result[i] /= root[i][i]
    }
    for i in result.indices.reversed() {
      for k in (i + 1)..<max(i + 1, result.count) { result[i] -= root[k][i] * result[k] }
      result[i] /= root[i][i]
    }
    return result
  }
}

extension SeededGenerator {
  /// Draws from the standard normal distribution (Box and Muller, 1958).
  mutating func nextNormal() -> Double {
    let radius = (-2 * log(1 - nextUnit())).squareRoot()
    return radius * cos(2 * Double.pi * nextUnit())
  }
}
