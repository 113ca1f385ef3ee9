// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Methods compared on many landscapes, at several qualities of the optimizer model.
///
/// A run is judged by the true score of the prompt it returns, which the run itself cannot know. Every
/// method meets the same landscapes, one a seed, with the same rows, calls and starting prompt.
public struct LandscapeTable: Sendable {
  /// The runs of a method at a quality.
  public struct Cell: Sendable, Hashable {
    /// The true score of the prompt that each run returned, by seed.
    public var scores: [Double]
    /// The calls that each run took, by seed.
    public var calls: [Int]
  }

  /// The qualities of the optimizer model.
  public let qualities: [Double]
  /// The names of the methods.
  public let methods: [String]
  /// The runs, by method and quality, in their order.
  public let cells: [[Cell]]
  /// The true score of the starting prompt and of the best one there is, averaged over the seeds.
  public let bounds: (start: Double, best: Double)

  /// Performs every method at every quality on the landscapes of seeds 1 to `seeds`.
  ///
  /// Costs `methods × qualities × seeds` runs of at most `calls` simulated calls.
  public init(
    methods: [LandscapeMethod], qualities: [Double], seeds: Int, calls: Int = 2000, dev: Int = 50,
    train: Int = 24, noise: Double = 0.5
  ) async throws {
    let landscapes = (1...max(1, seeds)).map { Landscape(seed: UInt64($0), noise: noise) }
    var cells: [[Cell]] = []
    for method in methods {
      var row: [Cell] = []
      for quality in qualities {
        row.append(
          try await Self.cell(method, landscapes) {
            try SimulatedSession(
              model: SimulatedOptimizerModel($0, quality: quality), train: train, dev: dev,
              calls: calls)
          })
      }
      cells.append(row)
    }
    self.qualities = qualities
    self.methods = methods.map(\.name)
    self.cells = cells
    let count = Double(landscapes.count)
    bounds = (
      landscapes.reduce(0) { $0 + $1.trueScore(of: $1.start) } / count,
      landscapes.reduce(0) { $0 + $1.trueScore(of: $1.best) } / count
    )
  }

  private static func cell(
    _ method: LandscapeMethod, _ landscapes: [Landscape],
    session: @escaping @Sendable (Landscape) throws -> SimulatedSession
  ) async throws -> Cell {
    let runs = try await withThrowingTaskGroup(of: (Int, Double, Int).self) { group in
      for (index, landscape) in landscapes.enumerated() {
        group.addTask {
          let session = try session(landscape)
          let result = try await method.optimizer.optimize(in: session)
          return (index, landscape.trueScore(of: result.best.instruction), session.calls)
        }
      }
      var runs: [(Int, Double, Int)] = []
      for try await run in group { runs.append(run) }
      return runs.sorted { $0.0 < $1.0 }
    }
    return Cell(scores: runs.map(\.1), calls: runs.map(\.2))
  }
}
