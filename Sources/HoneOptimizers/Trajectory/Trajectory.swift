// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a search has seen: every candidate with its score, and the path of current prompts.
public struct Trajectory: Sendable {
  /// Every evaluated candidate with a score, the seed first, in the order they came.
  public private(set) var evaluated: [ScoredCandidate] = []
  /// The prompts that were current, the seed first; what the GPO paper calls the trajectory.
  public private(set) var path: [ScoredCandidate] = []
  /// Every proposal, also those turned down, in the order they came.
  public private(set) var attempts: [Attempt] = []
  /// Vectors of instructions, so that none is embedded twice.
  public var embeddings: [String: Embedding] = [:]

  /// Creates the trajectory of a search that starts from a seed.
  public init(seed: ScoredCandidate) {
    evaluated = [seed]
    path = [seed]
  }

  /// The first candidate with the highest score, so that a tie keeps the older.
  public var best: ScoredCandidate? {
    evaluated.reduce(nil) { best, other in
      guard let best else { return other }
      return other.score > best.score ? other : best
    }
  }

  /// The prompt the next step starts from.
  public var current: ScoredCandidate? { path.last }

  /// Adds an evaluated candidate.
  public mutating func append(evaluated candidate: ScoredCandidate) {
    evaluated.append(candidate)
  }

  /// Makes a candidate the current one.
  public mutating func move(to candidate: ScoredCandidate) {
    path.append(candidate)
  }

  /// Adds a proposal and what came of it.
  public mutating func append(attempt: Attempt) {
    attempts.append(attempt)
  }
}

/// A candidate with its score on dev.
public struct ScoredCandidate: Sendable, Hashable {
  /// The candidate.
  public var candidate: Candidate
  /// Its score on dev, higher is better.
  public var score: Double

  /// Creates a scored candidate.
  public init(_ candidate: Candidate, score: Double) {
    self.candidate = candidate
    self.score = score
  }

  /// The candidate's instruction.
  public var instruction: String { candidate.instruction }
}

/// A proposal and what came of it.
public struct Attempt: Sendable, Hashable {
  /// Who proposed it: a proposer's name.
  public var source: String
  /// By how much its score passed the one it started from; nil when it was turned down.
  public var gain: Double?

  /// Creates a record of a proposal.
  public init(source: String, gain: Double?) {
    self.source = source
    self.gain = gain
  }
}
