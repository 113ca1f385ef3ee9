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
  private let observed: [[Term]]
  private let forms: [[Term]]
  /// The mean and variance of each feature's effect before anything is known.
  private let priors: [(mean: Double, variance: Double)]
  private let noise: Double
  private let scores: [Double]
  /// The lower triangular root of the observations' covariance.
  private let root: [[Double]]

  /// A feature by its number, and its value.
  private struct Term: Sendable {
    var feature: Int
    var value: Double
  }

  /// Learns from the scores of observed forms, which count as differences from `base`, to judge others.
  init(
    observed: [FormFeatures], scores: [Double], base: Double, noise: Double,
    judging forms: [FormFeatures], prior: EffectPrior
  ) {
    var numbers: [String: Int] = [:]
    var priors: [(mean: Double, variance: Double)] = []
    let terms = (observed + forms).map { features in
      features.values.map { name, value in
        if let number = numbers[name] { return Term(feature: number, value: value) }
        numbers[name] = priors.count
        priors.append((prior.mean(of: name), prior.variance(of: name)))
        return Term(feature: priors.count - 1, value: value)
      }
    }
    self.observed = Array(terms.prefix(observed.count))
    self.forms = Array(terms.dropFirst(observed.count))
    self.priors = priors
    self.noise = noise
    self.scores = scores.map { $0 - base }
    root = Self.root(of: self.observed, variances: priors.map(\.variance), noise: noise)
  }

  /// Draws effects and returns the predicted differences of the forms under that draw.
  func draw(by chance: inout SeededGenerator) -> [Double] {
    var effects: [Double] = []
    for prior in priors {
      effects.append(prior.mean + prior.variance.squareRoot() * chance.nextNormal())
    }
    var residuals: [Double] = []
    for (terms, score) in zip(observed, scores) {
      let noisy = Self.sum(terms, effects) + noise.squareRoot() * chance.nextNormal()
      residuals.append(score - noisy)
    }
    let weights = solve(residuals)
    for (terms, weight) in zip(observed, weights) {
      for term in terms {
        effects[term.feature] += priors[term.feature].variance * term.value * weight
      }
    }
    return forms.map { Self.sum($0, effects) }
  }

  private static func sum(_ terms: [Term], _ effects: [Double]) -> Double {
    terms.reduce(0) { $0 + $1.value * effects[$1.feature] }
  }

  /// Cholesky's factor of K + noise · I, where K is the scores' prior covariance.
  private static func root(
    of observed: [[Term]], variances: [Double], noise: Double
  ) -> [[Double]] {
    var root = observed.map { _ in [Double](repeating: 0, count: observed.count) }
    var weighted = [Double](repeating: 0, count: variances.count)
    for i in observed.indices {
      for term in observed[i] { weighted[term.feature] = term.value * variances[term.feature] }
      for j in 0...i {
        var entry = sum(observed[j], weighted) + (i == j ? noise : 0)
        for k in 0..<j { entry -= root[i][k] * root[j][k] }
        root[i][j] = i == j ? max(entry, 1e-12).squareRoot() : entry / root[j][j]
      }
      for term in observed[i] { weighted[term.feature] = 0 }
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
