// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Chooses the next point to try from what earlier points were worth: a tree-structured Parzen
/// estimator, multivariate.
///
/// The trials are parted into the best tenth, at most 25, and the rest. Points are drawn from a density
/// around the best, and the one whose density among the best is highest against that among the rest is
/// taken. The first trials are drawn at random. Bergstra, Bardenet, Bengio and Kégl, "Algorithms for
/// Hyper-Parameter Optimization", NeurIPS 2011; the multivariate form of Falkner, Klein and Hutter,
/// arXiv:1807.01774, with the defaults of Optuna.
public struct TPESampler: Sendable {
  /// What is chosen.
  public let space: SearchSpace
  /// Trials drawn at random before the densities are used.
  public var startTrials: Int
  /// Points drawn for each choice.
  public var candidates: Int
  private var trials: [(point: [Int], value: Double)] = []

  /// Creates a sampler.
  public init(_ space: SearchSpace, startTrials: Int = 10, candidates: Int = 24) {
    self.space = space
    self.startTrials = startTrials
    self.candidates = candidates
  }

  /// Tells what a point was worth, higher is better; a value that is not finite is passed over.
  public mutating func tell(_ point: [Int], value: Double) {
    guard value.isFinite, point.count == space.dimensions.count,
      zip(point, space.dimensions).allSatisfy({
        $0 >= $1.first && $0 < $1.first + $1.count
      })
    else { return }
    trials.append((point, value))
  }

  /// The next point to try.
  public func suggest(by chance: inout SeededGenerator) -> [Int] {
    guard trials.count >= max(1, startTrials) else { return space.draw(by: &chance) }
    let best = min(25, Int((0.1 * Double(trials.count)).rounded(.up)))
    let order = trials.indices.sorted {
      trials[$0].value == trials[$1].value ? $0 < $1 : trials[$0].value > trials[$1].value
    }
    let chosen = Set(order.prefix(best))
    let good = ParzenDensity(
      trials.indices.filter(chosen.contains).map { trials[$0].point }, in: space)
    let rest = ParzenDensity(
      trials.indices.filter { !chosen.contains($0) }.map { trials[$0].point }, in: space)
    var found: (point: [Int], ratio: Double)?
    for _ in 0..<max(1, candidates) {
      let point = good.draw(by: &chance)
      let ratio = good.logDensity(point) - rest.logDensity(point)
      if ratio > found?.ratio ?? -.infinity { found = (point, ratio) }
    }
    return found?.point ?? space.draw(by: &chance)
  }
}
