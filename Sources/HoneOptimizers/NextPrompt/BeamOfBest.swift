// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The best few of the current prompts and the step's new ones.
///
/// A step's candidates are shared among the prompts of the beam, the better ones getting what is left
/// over; with fewer candidates than prompts the last prompts get none. At first the beam is the seed
/// alone. As in APO (Pryzant and others, arXiv:2305.03495), where it is 4 wide.
public struct BeamOfBest: NextPrompt {
  /// The most prompts kept.
  public var width: Int

  /// Creates a beam, at least 1 wide.
  public init(width: Int) {
    self.width = max(1, width)
  }

  /// The best, by score; a tie keeps the older.
  public func choose(from step: [ScoredCandidate], in trajectory: Trajectory) -> [ScoredCandidate] {
    let old = trajectory.beam
    let known = Set(old.map(\.candidate.id))
    let all = old + step.filter { !known.contains($0.candidate.id) }
    let ranked = all.enumerated().sorted {
      ($0.element.score, $1.offset) > ($1.element.score, $0.offset)
    }
    let kept = ranked.prefix(width).map(\.element)
    return kept == old ? [] : kept
  }
}

extension NextPrompt where Self == BeamOfBest {
  /// The best few of the current prompts and the step's new ones.
  public static func beam(_ width: Int) -> BeamOfBest { BeamOfBest(width: width) }
}
