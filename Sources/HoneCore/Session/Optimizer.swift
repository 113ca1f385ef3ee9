// SPDX-License-Identifier: Apache-2.0

/// A way to search for a better prompt.
///
/// An implementation is a value made of parts. It holds no clock, no global randomness, no disk and
/// no network: it learns and acts through the session alone. When the budget runs out in the middle
/// of a step it returns its best so far. Run `OptimizerConformance` of HoneTesting against a new one.
public protocol Optimizer: Sendable {
  /// The name in the catalog.
  var name: String { get }

  /// The calls of the shortest sensible search and of the full one.
  func cost(of facts: TaskFacts) -> SearchCost

  /// Searches and returns the best candidate by its dev score.
  func optimize(in session: any OptimizationSession) async throws -> SearchResult
}

/// The sizes that an optimizer's cost depends on.
public struct TaskFacts: Sendable, Hashable {
  /// Rows to learn from.
  public var train: Int
  /// Rows to compare on.
  public var dev: Int
  /// Calls one evaluation of one example takes: 2 with a final turn or a judge, else 1.
  public var callsPerExample: Int
  /// Stages of the program.
  public var stages: Int

  /// Creates the facts.
  public init(train: Int, dev: Int, callsPerExample: Int = 1, stages: Int = 1) {
    self.train = train
    self.dev = dev
    self.callsPerExample = callsPerExample
    self.stages = stages
  }
}

/// What a search costs in calls over all roles, the final test not included.
public struct SearchCost: Sendable, Hashable {
  /// The least with which the optimizer can do one step.
  public var minimum: Int
  /// The most it will use.
  public var maximum: Int

  /// Creates a cost.
  public init(minimum: Int, maximum: Int) {
    self.minimum = minimum
    self.maximum = maximum
  }
}

/// What a search found.
public struct SearchResult: Sendable, Hashable {
  /// The best candidate by its dev score, or by that and training rows; the seed when nothing was
  /// better.
  public var best: Candidate
  /// Its dev score.
  public var devScore: Double?
  /// The seed's dev score.
  public var seedDevScore: Double?
  /// Why the search ended.
  public var end: SearchEnd
  /// Whether scores on training rows helped to decide which candidate is the best.
  public var isConfirmed: Bool

  /// Creates a result.
  public init(
    best: Candidate, devScore: Double?, seedDevScore: Double?, end: SearchEnd,
    isConfirmed: Bool = false
  ) {
    self.best = best
    self.devScore = devScore
    self.seedDevScore = seedDevScore
    self.end = end
    self.isConfirmed = isConfirmed
  }
}

/// Why a search ended.
public enum SearchEnd: Sendable, Hashable, Codable {
  /// All steps were taken.
  case finished
  /// No better prompt was found for a number of steps.
  case plateau(steps: Int)
  /// Every dev example was right.
  case perfect
  /// A limit was reached.
  case budget(BudgetExhausted)
  /// No new proposal came for a number of steps.
  case noProposals(steps: Int)
}
