// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A running summary of the steps so far, into which the optimizer model folds each step that ended.
///
/// The GPO paper's summarization-based trajectory; its code calls it real-time momentum, and shows the
/// newest prompt where the merged text belongs. Here the merged text is what is shown. Over prompts a
/// step is told as the prompts it tried with their scores, over reflections as what was found wrong.
///
/// Cost: one optimizer call, at temperature 0, for each step but the first. When the call fails the
/// summary stays as it was, with a note, and the step is told with the next one.
public struct SummaryTrajectory: TrajectorySelection {
  /// What to look back on: prompts, unless it is ``TrajectorySource/reflections``.
  public var source: TrajectorySource
  /// The most tokens of the summary.
  public var maxTokens: Int

  /// Creates a summary.
  public init(of source: TrajectorySource = .winners, maxTokens: Int = 512) {
    self.source = source
    self.maxTokens = maxTokens
  }

  /// One call, however many prompts the step starts from.
  public func mostCalls(parents: Int, candidates: Int) -> Int { 1 }

  /// The summary with all that is finished folded in.
  public func excerpt(
    of trajectory: inout Trajectory, around focus: TrajectoryFocus,
    in session: any OptimizationSession
  ) async throws -> TrajectoryExcerpt {
    let text = SummaryRequest(
      task: session.task.description, summary: trajectory.summary.text, source: source,
      steps: Array(trajectory.finished.dropFirst(trajectory.summary.steps)))
    guard text.isNeeded else { return TrajectoryExcerpt(summary: trajectory.summary.text) }
    let request = GenerationRequest(
      input: .chat([Message(.user, text.text)]), maxTokens: maxTokens)
    var note: String?
    switch try await session.generate([request], as: .optimizer).first {
    case .success(let generation)?:
      let merged = generation.text.trimmed
      if merged.isEmpty {
        note = "The optimizer model wrote no summary before step \(focus.step)"
      } else {
        trajectory.summarize(merged)
      }
    case .failure(let error)?:
      note = "The summary before step \(focus.step) failed (\(error.message))"
    case nil: break
    }
    return TrajectoryExcerpt(
      summary: trajectory.summary.text, note: note.map { $0 + "; it stays as it was." })
  }
}

extension TrajectorySelection where Self == SummaryTrajectory {
  /// A running summary.
  public static var summary: SummaryTrajectory { SummaryTrajectory() }
  /// A running summary of prompts or reflections.
  public static func summary(of source: TrajectorySource) -> SummaryTrajectory {
    SummaryTrajectory(of: source)
  }
}
