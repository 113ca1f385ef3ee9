// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A candidate with what a selection found out about it.
public struct SelectedCandidate: Sendable, Hashable {
  /// The candidate.
  public var candidate: Candidate
  /// Its score on the rows it was evaluated on, higher is better; nil when there is none to compare.
  public var score: Double?
  /// The dev rows it was evaluated on.
  public var examples: Int
  /// Whether these are all of dev.
  public var isComplete: Bool

  /// Creates a finding.
  public init(candidate: Candidate, score: Double?, examples: Int, isComplete: Bool) {
    self.candidate = candidate
    self.score = score
    self.examples = examples
    self.isComplete = isComplete
  }

  /// Reads an evaluation on some or all of `dev` rows.
  ///
  /// There is no score when fewer than ``leastCoverage`` of the rows could be counted.
  public init(_ candidate: Candidate, _ evaluation: Evaluation, dev: Int) {
    self.init(
      candidate: candidate,
      score: evaluation.coverage >= Self.leastCoverage ? evaluation.score : nil,
      examples: evaluation.results.count, isComplete: evaluation.results.count >= dev)
  }

  /// The least share of rows that must have counted for a score to be compared with others.
  public static let leastCoverage = 0.8
}

extension Array where Element == SelectedCandidate {
  /// The best first and those without a score last; a tie keeps the order.
  func ranked() -> [SelectedCandidate] {
    enumerated().sorted { first, second in
      let a = first.element.score ?? -.infinity
      let b = second.element.score ?? -.infinity
      return a == b ? first.offset < second.offset : a > b
    }.map(\.element)
  }
}
