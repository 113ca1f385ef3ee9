// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The paired t-test of Student (1908), one-sided.
public enum StudentT {
  /// The chance of a mean difference as large as this or larger when the true one is 0.
  ///
  /// - Parameter differences: One number a pair.
  /// - Returns: The p-value in 0…1; 0.5 when all differences are 0, and 1 for fewer than two pairs.
  public static func pValue(ofMeanAboveZero differences: [Double]) -> Double {
    let n = Double(differences.count)
    guard n > 1 else { return 1 }
    let mean = differences.reduce(0, +) / n
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    guard variance > 0 else { return mean > 0 ? 0 : (mean < 0 ? 1 : 0.5) }
    return upperTail(mean / (variance / n).squareRoot(), degrees: n - 1)
  }

  /// The chance that a variable of Student's distribution passes a value.
  public static func upperTail(_ t: Double, degrees: Double) -> Double {
    let tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
    return t >= 0 ? tail : 1 - tail
  }

  /// The regularised incomplete beta function by its continued fraction (Lentz), to about 1e-12.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side; the other follows by symmetry.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let gammas = logGamma(a + b) - logGamma(a) - logGamma(b)
    let powers = a * log(x) + b * log(1 - x)
    let front = exp(gammas + powers)
    var c = 1.0
    let start: Double = (a + b) * x / (a + 1)
    var d = 1 / nonzero(1 - start)
    var fraction = d
    for step in 1...300 {
      let m = Double(step)
      let place = a + 2 * m
      let even: Double = m * (b - m) * x / ((place - 1) * place)
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      fraction *= d * c
      let odd: Double = -(a + m) * (a + b + m) * x / (place * (place + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      let change = d * c
      fraction *= change
      if abs(change - 1) < 1e-14 { break }
    }
    return front * fraction / a
  }

  /// The logarithm of the gamma function above 0 (Lanczos, g = 7, nine terms).
  private static func logGamma(_ x: Double) -> Double {
    let terms = [
      676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
      12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ]
    let y = x - 1
    var sum = 0.99999999999980993
    for (index, term) in terms.enumerated() { sum += term / (y + Double(index + 1)) }
    let t = y + 7.5
    let power = (y + 0.5) * log(t)
    return 0.5 * log(2 * Double.pi) + power - t + log(sum)
  }

  private static func nonzero(_ number: Double) -> Double {
    abs(number) < 1e-300 ? 1e-300 : number
  }
}
