// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension StepwiseSearch {
  /// Turns down proposals that failed or do not pass the guards, and records either.
  func sift(
    _ proposals: [Proposal], of parent: ScoredCandidate, _ limit: Int?, _ step: Int,
    _ state: inout SearchState, in session: any OptimizationSession
  ) async throws -> [AcceptedProposal] {
    var accepted: [AcceptedProposal] = []
    for proposal in proposals {
      let context = GuardContext(
        parent: parent.instruction, seen: state.seen, stepSize: limit, train: session.train)
      if let reason = proposal.failure ?? guards.problem(with: proposal.text, in: context) {
        state.trajectory.append(attempt: Attempt(source: proposal.source, gain: nil))
        try await session.record(
          .rejected(text: proposal.text, reason: reason, move: proposal.move, step: step))
        continue
      }
      state.seen.insert(proposal.text)
      let candidate = parent.candidate.child(
        instruction: proposal.text, stage: Self.stage(of: parent.candidate),
        move: proposal.move, step: step, otherParents: proposal.otherParents)
      accepted.append(AcceptedProposal(parent: parent, proposal: proposal, candidate: candidate))
      try await session.record(.proposed(candidate, step: step))
      try await recordOverstep(proposal, parent.instruction, limit, in: session)
    }
    return accepted
  }

  /// Says by how much a proposal that was let through passes the step size.
  private func recordOverstep(
    _ proposal: Proposal, _ parent: String, _ limit: Int?, in session: any OptimizationSession
  ) async throws {
    guard let limit else { return }
    let words = WordEditDistance.between(parent, proposal.text)
    guard words > limit else { return }
    try await session.record(
      .note(
        "A proposal changes \(words) words and the step size is \(limit); it was kept because "
          + "reject-large-steps is off: \(proposal.text.prefix(80))"))
  }

  /// Scores the accepted proposals by the selection and adds them to the trajectory, in the order
  /// they came.
  func score(
    _ accepted: [AcceptedProposal], _ step: Int, _ state: inout SearchState,
    in session: any OptimizationSession
  ) async throws -> [ScoredCandidate] {
    guard !accepted.isEmpty else { return [] }
    let selected = try await selection.select(
      accepted.map(\.candidate), keeping: min(nextPrompt.width, accepted.count), step: step,
      in: session)
    var found = Dictionary(
      selected.map { ($0.candidate.id, $0) }, uniquingKeysWith: { first, _ in first })
    for finalist in try await completed(selected, step: step, in: session) {
      found[finalist.candidate.id] = finalist
    }
    var scored: [ScoredCandidate] = []
    for item in accepted {
      let result = found[item.candidate.id]
      let gain = result?.score.map { $0 - item.parent.score }
      state.trajectory.append(attempt: Attempt(source: item.proposal.source, gain: gain))
      guard let result, let score = result.score else { continue }
      let entry = ScoredCandidate(item.candidate, score: score, isComplete: result.isComplete)
      state.trajectory.append(evaluated: entry)
      scored.append(entry)
    }
    return scored
  }

  /// Scores those of the best that were not on all of dev, in one batch.
  private func completed(
    _ ranked: [SelectedCandidate], step: Int, in session: any OptimizationSession
  ) async throws -> [SelectedCandidate] {
    let finalists = ranked.prefix(nextPrompt.width)
      .filter { $0.score != nil && !$0.isComplete }.map(\.candidate)
    guard !finalists.isEmpty else { return [] }
    let evaluations = try await evaluate(finalists, step: step, in: session)
    return zip(finalists, evaluations).map {
      SelectedCandidate($0, $1, dev: session.dev.count)
    }
  }

  /// Evaluates candidates on all of dev in one batch and records the scores.
  func evaluate(
    _ candidates: [Candidate], step: Int, in session: any OptimizationSession
  ) async throws -> [Evaluation] {
    let evaluations = try await session.evaluate(
      candidates.map { EvaluationRequest($0, on: session.dev) })
    for evaluation in evaluations {
      try await session.record(
        .evaluated(
          candidate: evaluation.candidate, split: .dev, score: evaluation.score,
          examples: evaluation.results.count, step: step))
    }
    return evaluations
  }

  /// The stage whose prompt is searched: the main one, or the first by name.
  private static func stage(of candidate: Candidate) -> String {
    candidate.prompts[Program.mainStage] != nil
      ? Program.mainStage : candidate.prompts.keys.min() ?? Program.mainStage
  }
}

/// The starting prompt has no score, so there is nothing to compare with.
public struct SeedNotScored: Error, Sendable, Hashable, CustomStringConvertible {
  /// How many examples were tried.
  public var examples: Int
  /// The first failure's message, when a call failed.
  public var firstFailure: String?

  init(results: [ExampleResult]) {
    examples = results.count
    firstFailure =
      results.lazy.compactMap { result -> String? in
        guard case .failed(let error) = result.outcome else { return nil }
        return error.message
      }.first
  }

  /// What happened and what to do.
  public var description: String {
    let cause = firstFailure.map { "the first failure: \($0)" } ?? "the model refused or failed"
    return
      "the starting prompt has no score: none of \(examples) dev examples could be counted (\(cause)); "
      + "put that right, or choose another task model, and start again"
  }
}

extension MetricConfiguration {
  /// Whether 1 is the highest score there is.
  var isCappedAtOne: Bool {
    switch self {
    case .command, .judge: false
    case .weighted(let parts): parts.allSatisfy { $0.metric.isCappedAtOne }
    default: true
    }
  }
}

extension FormatExamples {
  /// No rows.
  static let none = FormatExamples(shown: [], position: "before the question")
}
