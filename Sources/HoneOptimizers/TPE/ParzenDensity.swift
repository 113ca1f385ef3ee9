// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A density over a space that is high near observed points: one kernel a point, and a flat one.
///
/// The dimensions of a kernel are independent, the kernels together are not, so that values that go
/// well together are found together.
struct ParzenDensity {
  private let space: SearchSpace
  /// For each dimension the probability of each value and its logarithm, kernel after kernel.
  private let chances: [[Double]]
  private let logs: [[Double]]
  private let weights: [Double]

  /// Places kernels on points, the oldest first; old points of many weigh less.
  init(_ points: [[Int]], in space: SearchSpace) {
    self.space = space
    chances = space.dimensions.enumerated().map { index, dimension in
      Self.chances(at: points.map { $0[index] }, dimension).flatMap { $0 }
    }
    logs = chances.map { $0.map { log($0) } }
    let raw = Self.ages(points.count) + [1]
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

  /// The chances of each value of a dimension around each point's, and around none.
  private static func chances(
    at values: [Int], _ dimension: SearchSpace.Dimension
  ) -> [[Double]] {
    let size = dimension.count
    switch dimension {
    case .categorical:
      // The prior's one observation is shared by all kernels and values.
      let rest = 1 / Double(values.count + 1)
      let kernels = values.map { value in
        var chances = [Double](repeating: rest, count: size)
        chances[value] += 1
        return normalized(chances)
      }
      return kernels + [[Double](repeating: 1 / Double(size), count: size)]
    case .integer(let range):
      let middle = (Double(range.lowerBound) + Double(range.upperBound)) / 2
      let kernels = zip(values, widths(of: values, in: range)).map { (Double($0), $1) }
      return (kernels + [(middle, Double(size))]).map { mean, sigma in
        normalized(range.map { mass(Double($0), around: mean, sigma) })
      }
    }
  }

  private static func normalized(_ chances: [Double]) -> [Double] {
    let sum = chances.reduce(0, +)
    return sum > 0
      ? chances.map { $0 / sum }
      : [Double](repeating: 1 / Double(max(1, chances.count)), count: chances.count)
  }

  /// How wide each point's kernel is: as far as the further of its neighbours, the outermost as far as
  /// their only one, and not narrower than a share of the range that falls with the number of points.
  private static func widths(of values: [Int], in range: ClosedRange<Int>) -> [Double] {
    let (low, high) = (Double(range.lowerBound) - 0.5, Double(range.upperBound) + 0.5)
    let width = high - low
    let least = width / min(100, Double(2 + values.count))
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var widths = [Double](repeating: width, count: values.count)
    for (rank, index) in order.enumerated() {
      let value = Double(values[index])
      let before = rank > 0 ? value - Double(values[order[rank - 1]]) : nil
      let after = rank + 1 < order.count ? Double(values[order[rank + 1]]) - value : nil
      let gap: Double
      if before == nil, after == nil {
        gap = max(value - low, high - value)
      } else {
        gap = max(before ?? 0, after ?? 0)
      }
      widths[index] = min(width, max(least, gap))
    }
    return widths
  }

  /// The mass of a normal density on the unit interval around a whole number.
  private static func mass(_ number: Double, around mean: Double, _ sigma: Double) -> Double {
    func below(_ x: Double) -> Double { 0.5 * erfc((mean - x) / (sigma * 2.0.squareRoot())) }
    return max(below(number + 0.5) - below(number - 0.5), 1e-12)
  }

  /// Draws a point.
  func draw(by chance: inout SeededGenerator) -> [Int] {
    let kernel = [Double].drawnIndex(weights: weights, by: &chance) ?? 0
    return space.dimensions.enumerated().map { index, dimension in
      let own = Array(chances[index][(kernel * dimension.count)..<((kernel + 1) * dimension.count)])
      return dimension.first + ([Double].drawnIndex(weights: own, by: &chance) ?? 0)
    }
  }

  /// The logarithm of the density at a point.
  func logDensity(_ point: [Int]) -> Double {
    var terms = weights.map { log($0) }
    for (index, dimension) in space.dimensions.enumerated() {
      let (column, size, value) = (logs[index], dimension.count, point[index] - dimension.first)
      for kernel in terms.indices { terms[kernel] += column[kernel * size + value] }
    }
    guard let most = terms.max() else { return -.infinity }
    return most + log(terms.reduce(0) { $0 + exp($1 - most) })
  }
}
