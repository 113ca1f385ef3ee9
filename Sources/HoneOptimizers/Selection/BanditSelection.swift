// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Finds the best candidates with fewer evaluations than all of dev for each.
///
/// A bandit decides which candidates to evaluate on more rows; see ``BanditRule``. Each round is one
/// batch. Rows are drawn anew each step. Where the evaluations suffice for all of dev, all of dev is
/// used. UCB and UCB-E take scores to lie in 0…1; with a metric on another scale choose successive
/// rejects or halving, which read no more than their order.
///
/// Cost: ``evaluations`` × calls an example, at least one evaluation a candidate.
public struct BanditSelection: CandidateSelection {
  /// The bandit.
  public var rule: BanditRule
  /// The evaluations of a step, each one candidate on one row; nil for a third of a full evaluation.
  public var evaluations: Int?
  /// The rows of a candidate in a round of UCB and UCB-E.
  public var block: Int
  /// Which rows a round stands for.
  public var schedule: RowSchedule

  /// Creates a selection.
  public init(
    _ rule: BanditRule, evaluations: Int? = nil, block: Int = 8, schedule: RowSchedule = .blocks
  ) {
    self.rule = rule
    self.evaluations = evaluations
    self.block = block
    self.schedule = schedule
  }

  /// Lets the bandit play and ranks the candidates by it; one without a score is last.
  public func select(
    _ candidates: [Candidate], keeping count: Int, step: Int, in session: any OptimizationSession
  ) async throws -> [SelectedCandidate] {
    let dev = session.dev
    let budget = budget(candidates: candidates.count, dev: dev.count)
    guard budget < candidates.count * dev.count else {
      return try await FullEvaluation().select(
        candidates, keeping: count, step: step, in: session)
    }
    var chance = session.random("selection:\(step)")
    var dealer = RowDealer(
      rows: dev.count, arms: candidates.count, schedule: schedule, by: &chance)
    var bandit = rule.bandit(
      arms: candidates.count, keeping: count, budget: budget, block: block, limit: dev.count)
    var found = candidates.map { Evaluation(candidate: $0.id, results: [], score: nil) }
    var pulls = bandit.nextPulls()
    while !pulls.isEmpty {
      let rows = dealer.deal(pulls)
      let evaluations = try await session.evaluate(
        zip(pulls, rows).map { pull, own in
          EvaluationRequest(candidates[pull.arm], on: own.map { dev[$0] })
        })
      for (pull, evaluation) in zip(pulls, evaluations) {
        found[pull.arm] = Evaluation(
          candidate: evaluation.candidate,
          results: found[pull.arm].results + evaluation.results,
          examples: dealer.dealt[pull.arm].map { dev[$0] }, metric: session.task.metric,
          kind: session.task.answer.kind)
        bandit.tally.set(
          pull.arm, pulls: found[pull.arm].results.count, mean: found[pull.arm].score ?? 0)
      }
      pulls = bandit.nextPulls()
    }
    try await record(found, step: step, in: session)
    let ranked = bandit.ranking().map { arm in
      SelectedCandidate(candidates[arm], found[arm], dev: dev.count)
    }
    return ranked.filter { $0.score != nil } + ranked.filter { $0.score == nil }
  }

  /// The evaluations of a step × calls an example.
  public func mostCalls(candidates: Int, facts: TaskFacts) -> Int {
    budget(candidates: candidates, dev: facts.dev) * facts.callsPerExample
  }

  /// The evaluations of a step: those set or a third of all, at least one a candidate, at most all.
  func budget(candidates: Int, dev: Int) -> Int {
    let full = candidates * dev
    return min(full, max(candidates, evaluations ?? (full + 2) / 3))
  }

  private func record(
    _ found: [Evaluation], step: Int, in session: any OptimizationSession
  ) async throws {
    for evaluation in found {
      try await session.record(
        .evaluated(
          candidate: evaluation.candidate, split: .dev, score: evaluation.score,
          examples: evaluation.results.count, step: step))
    }
  }
}
