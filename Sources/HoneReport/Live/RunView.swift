// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// What is shown of a run while it works, reduced from its events and its spend.
public struct RunView: Sendable, Hashable {
  /// A candidate as the live view shows it.
  public struct CandidateLine: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// Its instruction.
    public var text: String
    /// Its score, once it has one.
    public var score: Double?
  }

  /// A batch of calls at work.
  public struct Batch: Sendable, Hashable {
    /// The calls that are answered.
    public var answered: Int
    /// All calls.
    public var size: Int
  }

  /// The task's name.
  public var task: String
  /// The optimizer's name.
  public var optimizer: String
  /// The task model's name.
  public var model: String
  /// The limits of the run.
  public var budget: Budget
  /// The most calls the search and the test will make, if known.
  public var expectedCalls: Int?
  /// The step at work, 0 before the first.
  public private(set) var step = 0
  /// The number of steps, if known.
  public private(set) var steps: Int?
  /// The step size in words, if there is one.
  public private(set) var stepSize: Int?
  /// The seed's score.
  public private(set) var seedScore: Double?
  /// The best score so far.
  public private(set) var bestScore: Double?
  /// The last candidates, the newest first.
  public private(set) var latest: [CandidateLine] = []
  /// Proposals turned down so far.
  public private(set) var rejected = 0
  /// Whether the search is over and the test split is being used.
  public private(set) var isTesting = false
  /// What was used so far.
  public private(set) var spend = Spend()
  /// The calls of the batch at work, and how many of them are answered.
  public private(set) var batch: Batch?
  /// The last thing a user should read.
  public private(set) var note: String?

  private var finishedSteps = 0
  private static let kept = 6

  /// Creates the view of a run that has not started.
  public init(
    task: String, optimizer: String, model: String, budget: Budget = Budget(),
    expectedCalls: Int? = nil
  ) {
    self.task = task
    self.optimizer = optimizer
    self.model = model
    self.budget = budget
    self.expectedCalls = expectedCalls
  }

  /// Takes in an event.
  public mutating func apply(_ event: RunEvent) {
    switch event {
    case .started(let steps): self.steps = steps
    case .stepStarted(let step, let total, let size):
      self.step = step
      steps = total ?? steps
      stepSize = size
    case .proposed(let candidate, _):
      latest.insert(CandidateLine(id: candidate.id, text: candidate.text), at: 0)
      latest = Array(latest.prefix(Self.kept))
    case .rejected: rejected += 1
    case .evaluated(let candidate, let split, let score, _, let step):
      if split == .test {
        isTesting = true
      } else {
        take(score, of: candidate, step: step)
      }
    case .stepFinished(let step, let total, _, _, let score):
      finishedSteps = max(finishedSteps, step)
      steps = total ?? steps
      bestScore = score ?? bestScore
    case .note(let text): note = text
    }
  }

  /// Takes in what was used so far, and how far the batch at work is.
  public mutating func apply(_ spend: Spend, answered: Int = 0, ofBatch size: Int = 0) {
    self.spend = spend
    batch = size > 0 && answered < size ? Batch(answered: answered, size: size) : nil
  }

  private mutating func take(_ score: Double?, of candidate: String, step: Int) {
    if let place = latest.firstIndex(where: { $0.id == candidate }) {
      latest[place].score = score
    } else if step == 0, seedScore == nil {
      seedScore = score
      bestScore = bestScore ?? score
    }
  }

  /// The share of the run that is done: by steps or by the limit that is nearest.
  public var fraction: Double? {
    var shares: [Double] = []
    if let steps, steps > 0 { shares.append(Double(finishedSteps) / Double(steps)) }
    if let expectedCalls, expectedCalls > 0 {
      shares.append(Double(spend.totalCalls) / Double(expectedCalls))
    }
    if let calls = budget.calls, calls > 0 {
      shares.append(Double(spend.totalCalls) / Double(calls))
    }
    if let tokens = budget.tokens, tokens > 0 {
      shares.append(Double(spend.totalUsage.tokens) / Double(tokens))
    }
    if let seconds = budget.seconds, seconds > 0 { shares.append(spend.seconds / seconds) }
    if let dollars = budget.dollars, dollars > 0 {
      shares.append(spend.totalUsage.dollars / dollars)
    }
    return shares.max().map { min($0, 1) }
  }

  /// The bar of the whole run.
  public var bar: ProgressBar {
    guard let fraction else { return ProgressBar(fraction: nil) }
    return ProgressBar(done: fraction, of: 1, elapsed: spend.seconds)
  }

  /// How scores are written.
  public var format: ScoreFormat {
    ScoreFormat(fitting: [seedScore, bestScore].compactMap(\.self) + latest.compactMap(\.score))
  }
}
