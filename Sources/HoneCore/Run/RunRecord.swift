// SPDX-License-Identifier: Apache-2.0

import Foundation

/// All that is known of a run, as a value: what the report shows and `result.json` holds.
public struct RunRecord: Sendable, Hashable, Codable {
  /// The run's name, which is its folder's.
  public var id: String
  /// The task as it was run.
  public var task: PromptTask
  /// The version of Hone.
  public var version: String
  /// The models by role.
  public var models: [ModelRole: ModelIdentity]
  /// When the run was made.
  public var started: Date
  /// How it stands.
  public var status: RunStatus
  /// What happened, in order.
  public var events: [TimedEvent]
  /// Every candidate that passed the guards, the seed first, in the order they came.
  public var candidates: [Candidate]
  /// Evaluations on all of dev, the last of each candidate.
  public var dev: [Evaluation]
  /// What was used, over all roles.
  public var spend: Spend
  /// Calls that were answered from the cache of earlier runs.
  public var cachedCalls: Int
  /// What the search found; nil while it goes on.
  public var result: RunResult?

  /// Creates a record.
  public init(
    id: String, task: PromptTask, version: String, models: [ModelRole: ModelIdentity],
    started: Date, status: RunStatus, events: [TimedEvent] = [], candidates: [Candidate] = [],
    dev: [Evaluation] = [], spend: Spend = Spend(), cachedCalls: Int = 0, result: RunResult? = nil
  ) {
    self.id = id
    self.task = task
    self.version = version
    self.models = models
    self.started = started
    self.status = status
    self.events = events
    self.candidates = candidates
    self.dev = dev
    self.spend = spend
    self.cachedCalls = cachedCalls
    self.result = result
  }
}

/// How a run stands.
public enum RunStatus: Sendable, Hashable, Codable {
  /// A process works on it, or did when it was killed.
  case running
  /// It was stopped and can be resumed.
  case interrupted
  /// It is done.
  case finished
  /// It ended with an error, which can be put right before it is resumed.
  case failed(String)
}

/// An event and when it happened.
public struct TimedEvent: Sendable, Hashable, Codable {
  /// Seconds of the run's own wall time, all sittings together.
  public var seconds: Double
  /// Calls of all roles made by then.
  public var calls: Int
  /// What happened.
  public var event: RunEvent

  /// Creates a timed event.
  public init(seconds: Double, calls: Int, event: RunEvent) {
    self.seconds = seconds
    self.calls = calls
    self.event = event
  }
}

/// What a run found, with the evidence.
public struct RunResult: Sendable, Hashable, Codable {
  /// The candidate the run started from.
  public var seed: Candidate
  /// The best candidate by dev score; the seed when nothing was better.
  public var best: Candidate
  /// The seed's score on dev.
  public var seedDevScore: Double?
  /// The best candidate's score on dev.
  public var bestDevScore: Double?
  /// Why the search ended.
  public var end: SearchEnd
  /// The unsealed test rows; empty when there was no test split or no budget left for it.
  public var testExamples: [Example]
  /// The seed's outcomes on test.
  public var seedTest: Evaluation?
  /// The best candidate's outcomes on test; the seed's when it is the seed.
  public var bestTest: Evaluation?
  /// Seed against best on the same test rows.
  public var comparison: PairedComparison?
  /// One sentence on what came out and why.
  public var conclusion: String

  /// Creates a result.
  public init(
    seed: Candidate, best: Candidate, seedDevScore: Double?, bestDevScore: Double?, end: SearchEnd,
    testExamples: [Example], seedTest: Evaluation?, bestTest: Evaluation?,
    comparison: PairedComparison?, conclusion: String
  ) {
    self.seed = seed
    self.best = best
    self.seedDevScore = seedDevScore
    self.bestDevScore = bestDevScore
    self.end = end
    self.testExamples = testExamples
    self.seedTest = seedTest
    self.bestTest = bestTest
    self.comparison = comparison
    self.conclusion = conclusion
  }
}
