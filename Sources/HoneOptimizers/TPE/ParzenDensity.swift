// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A density over a space that is high near observed points: one kernel a point, and a flat one.
///
/// The dimensions of a kernel are independent, the kernels together are not, so that values that go
/// well together are found together.
struct ParzenDensity {
  private let space: SearchSpace
  /// For each kernel and dimension, the probability of each value.
  private let kernels: [[[Double]]]
  private let weights: [Double]

  /// Places kernels on points, the oldest first; old points of many weigh less.
  init(_ points: [[Int]], in space: SearchSpace) {
    self.space = space
    let count = points.count
    var kernels = points.map { point in
      space.dimensions.enumerated().map { index, dimension in
        Self.kernel(
          at: point[index], dimension, points: count, dimensions: space.dimensions.count)
      }
    }
    kernels.append(
      space.dimensions.map { [Double](repeating: 1 / Double($0.count), count: $0.count) })
    self.kernels = kernels
    let raw = Self.ages(count) + [1]
    let sum = raw.reduce(0, +)
    weights = raw.map { $0 / sum }
  }

  /// The weights of points by age: the last 25 weigh 1, older ones less and less.
  private static func ages(_ count: Int) -> [Double] {
    guard count > 25 else { return [Double](repeating: 1, count: count) }
    let old = count - 25
    let least = 1 / Double(count)
    let ramp = (0..<old).map { index -> Double in
      let share = old == 1 ? 0 : Double(index) / Double(old - 1)
      return least + (1 - least) * share
    }
    return ramp + [Double](repeating: 1, count: 25)
  }

  private static func kernel(
    at value: Int, _ dimension: SearchSpace.Dimension, points: Int, dimensions: Int
  ) -> [Double] {
    let size = dimension.count
    var chances: [Double]
    switch dimension {
    case .categorical:
      // The prior's one observation is shared by all kernels and values.
      chances = [Double](repeating: 1 / Double(points + 1), count: size)
      chances[value] += 1
    case .integer(let range):
      // Scott's rule, not narrower than Optuna's "magic clip".
      let width = Double(size)
      let power = -1 / Double(dimensions + 4)
      let scott = 0.2 * width * pow(Double(points), power)
      let sigma = max(scott, width / Double(min(100, 2 + points)))
      chances = range.map { Self.mass(Double($0), around: Double(value), sigma) }
    }
    let sum = chances.reduce(0, +)
    return sum > 0
      ? chances.map { $0 / sum } : [Double](repeating: 1 / Double(size), count: size)
  }

  /// The mass of a normal density on the unit interval around a whole number.
  private static func mass(_ number: Double, around mean: Double, _ sigma: Double) -> Double {
    func below(_ x: Double) -> Double { 0.5 * erfc((mean - x) / (sigma * 2.0.squareRoot())) }
    return max(below(number + 0.5) - below(number - 0.5), 1e-12)
  }

  /// Draws a point.
  func draw(by chance: inout SeededGenerator) -> [Int] {
    let kernel = kernels[[Double].drawnIndex(weights: weights, by: &chance) ?? 0]
    return zip(kernel, space.dimensions).map { chances, dimension in
      dimension.first + ([Double].drawnIndex(weights: chances, by: &chance) ?? 0)
    }
  }

  /// The logarithm of the density at a point.
  func logDensity(_ point: [Int]) -> Double {
    let terms = zip(kernels, weights).map { kernel, weight in
      var sum = log(weight)
      for (index, dimension) in space.dimensions.enumerated() {
        sum += log(kernel[index][point[index] - dimension.first])
      }
      return sum
    }
    guard let most = terms.max() else { return -.infinity }
    return most + log(terms.reduce(0) { $0 + exp($1 - most) })
  }
}
