// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The best candidate of the whole search.
public struct BestSoFar: NextPrompt {
  /// Creates it.
  public init() {}

  /// The best candidate so far, or none when it is the current one already.
  public func choose(from step: [ScoredCandidate], in trajectory: Trajectory) -> [ScoredCandidate] {
    guard let best = trajectory.best, best != trajectory.current else { return [] }
    return [best]
  }
}

extension NextPrompt where Self == BestSoFar {
  /// The best candidate of the whole search.
  public static var bestSoFar: BestSoFar { BestSoFar() }
}
