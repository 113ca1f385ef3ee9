// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a sampler chooses among: one dimension for each choice.
public struct SearchSpace: Sendable, Hashable {
  /// One choice.
  public enum Dimension: Sendable, Hashable {
    /// One of so many values without an order, 0 up to one less.
    case categorical(Int)
    /// A whole number.
    case integer(ClosedRange<Int>)

    /// How many values there are.
    var count: Int {
      switch self {
      case .categorical(let count): max(1, count)
      case .integer(let range): range.count
      }
    }

    /// The least value.
    var first: Int {
      if case .integer(let range) = self { range.lowerBound } else { 0 }
    }
  }

  /// The dimensions, in order.
  public var dimensions: [Dimension]

  /// Creates a space.
  public init(_ dimensions: [Dimension]) {
    self.dimensions = dimensions
  }

  /// The number of points, as far as it can be told.
  var count: Int {
    dimensions.reduce(1) { product, dimension in
      let (next, isTooLarge) = product.multipliedReportingOverflow(by: dimension.count)
      return isTooLarge ? .max : next
    }
  }

  /// All points in order; for small spaces.
  var allPoints: [[Int]] {
    dimensions.reduce([[]]) { points, dimension in
      points.flatMap { point in (0..<dimension.count).map { point + [dimension.first + $0] } }
    }
  }

  /// All points in an order that is drawn, or so many drawn ones of a space that is larger.
  func points(most: Int, by chance: inout SeededGenerator) -> [[Int]] {
    guard count > most else { return allPoints.shuffled(by: &chance) }
    return (0..<most).map { _ in draw(by: &chance) }
  }

  /// A point drawn with equal chances.
  func draw(by chance: inout SeededGenerator) -> [Int] {
    dimensions.map { $0.first + chance.nextIndex(below: $0.count) }
  }
}
