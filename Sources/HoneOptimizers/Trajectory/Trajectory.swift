// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What a search has seen: every candidate with its score, and the path of current prompts.
public struct Trajectory: Sendable {
  /// Every evaluated candidate with a score, the seed first, in the order they came.
  ///
  /// Where a selection spared rows, some scores stand on fewer than all dev rows; see
  /// ``ScoredCandidate/isComplete``.
  public private(set) var evaluated: [ScoredCandidate] = []
  /// The prompts that were current, the seed first; what the GPO paper calls the trajectory.
  public private(set) var path: [ScoredCandidate] = []
  /// The prompts the next step starts from, the best first; one unless a beam is kept.
  public private(set) var beam: [ScoredCandidate] = []
  /// Every proposal, also those turned down, in the order they came.
  public private(set) var attempts: [Attempt] = []
  /// The steps that ended, in their order.
  public private(set) var finished: [FinishedStep] = []
  /// The running summary, when one is kept.
  public private(set) var summary = RunningSummary()
  /// Vectors of texts, so that none is embedded twice.
  public var embeddings: [String: Embedding] = [:]

  /// Creates the trajectory of a search that starts from a seed.
  public init(seed: ScoredCandidate) {
    evaluated = [seed]
    path = [seed]
    beam = [seed]
  }

  /// The first candidate with the highest score on all of dev, so that a tie keeps the older.
  public var best: ScoredCandidate? {
    evaluated.reduce(nil) { best, other in
      guard other.isComplete else { return best }
      guard let best else { return other }
      return other.score > best.score ? other : best
    }
  }

  /// The prompt the next step starts from; the best of a beam.
  public var current: ScoredCandidate? { beam.first }

  /// Adds an evaluated candidate.
  public mutating func append(evaluated candidate: ScoredCandidate) {
    evaluated.append(candidate)
  }

  /// Makes a candidate the only current one.
  public mutating func move(to candidate: ScoredCandidate) {
    path.append(candidate)
    beam = [candidate]
  }

  /// Makes candidates the current ones, the best first; those that were not current join the path.
  public mutating func move(to beam: [ScoredCandidate]) {
    let before = Set(self.beam.map(\.candidate.id))
    path += beam.reversed().filter { !before.contains($0.candidate.id) }
    self.beam = beam
  }

  /// Adds a proposal and what came of it.
  public mutating func append(attempt: Attempt) {
    attempts.append(attempt)
  }

  /// Adds a step that ended.
  public mutating func append(finished step: FinishedStep) {
    finished.append(step)
  }

  /// Puts a new text in the summary's place, which tells of all finished steps.
  public mutating func summarize(_ text: String) {
    summary = RunningSummary(text: text, steps: finished.count)
  }
}

/// A candidate with its score on dev.
public struct ScoredCandidate: Sendable, Hashable {
  /// The candidate.
  public var candidate: Candidate
  /// Its score on dev, higher is better.
  public var score: Double
  /// Whether the score stands on all of dev; where not it is a guess from some rows.
  public var isComplete: Bool

  /// Creates a scored candidate.
  public init(_ candidate: Candidate, score: Double, isComplete: Bool = true) {
    self.candidate = candidate
    self.score = score
    self.isComplete = isComplete
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
