// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The course of a run, read off its events: what the charts and tables show.
public struct RunTrace: Sendable, Hashable {
  /// A candidate's score at the step it was made.
  public struct Point: Sendable, Hashable {
    /// The candidate's id.
    public var candidate: String
    /// The step of the evaluation.
    public var step: Int
    /// The score.
    public var score: Double
    /// The rows the score stands on.
    public var examples: Int
  }

  /// A number that belongs to a step.
  public struct StepValue: Sendable, Hashable {
    /// The step.
    public var step: Int
    /// The number.
    public var value: Double
  }

  /// A proposal that was turned down.
  public struct Rejection: Sendable, Hashable {
    /// The step.
    public var step: Int
    /// The move that made it.
    public var move: String
    /// Its text.
    public var text: String
    /// Why it was turned down.
    public var reason: RejectionReason
  }

  /// Every scored evaluation on the split candidates are compared on.
  public var points: [Point] = []
  /// The best score after each step, the seed's at step 0.
  public var best: [StepValue] = []
  /// The step size in words of each step.
  public var stepSizes: [StepValue] = []
  /// The proposals that were turned down.
  public var rejections: [Rejection] = []
  /// What a user should read.
  public var notes: [String] = []
  /// The last step that is known of.
  public var lastStep = 0
  /// The split of the points.
  public var split = Split.dev

  /// Reads the course of a run off its record.
  public init(_ record: RunRecord) {
    var bySplit: [Split: [Point]] = [:]
    for timed in record.events { read(timed.event, &bySplit) }
    // Some optimizers compare candidates on train rows alone.
    if bySplit[.dev] == nil, bySplit[.train] != nil { split = .train }
    points = bySplit[split] ?? []
    let seed = record.candidates.first?.id
    let start = points.first { $0.candidate == seed }?.score ?? record.result?.seedDevScore
    if let start, best.first?.step != 0 {
      best.insert(StepValue(step: 0, value: start), at: 0)
    }
    lastStep = max(lastStep, points.map(\.step).max() ?? 0, best.last?.step ?? 0)
  }

  private mutating func read(_ event: RunEvent, _ points: inout [Split: [Point]]) {
    switch event {
    case .started: break
    case .stepStarted(let step, _, let size):
      lastStep = max(lastStep, step)
      if let size { stepSizes.append(StepValue(step: step, value: Double(size))) }
    case .proposed(_, let step): lastStep = max(lastStep, step)
    case .rejected(let text, let reason, let move, let step):
      rejections.append(Rejection(step: step, move: move, text: text, reason: reason))
    case .evaluated(let candidate, let split, let score, let examples, let step):
      guard let score, score.isFinite else { break }
      points[split, default: []].append(
        Point(candidate: candidate, step: step, score: score, examples: examples))
    case .stepFinished(let step, _, _, _, let score):
      lastStep = max(lastStep, step)
      if let score, score.isFinite { best.append(StepValue(step: step, value: score)) }
    case .note(let text): notes.append(text)
    }
  }
}
