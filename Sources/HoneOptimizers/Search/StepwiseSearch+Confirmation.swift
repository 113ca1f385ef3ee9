// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension StepwiseSearch {
  /// The result after the finalists were scored on training rows too.
  ///
  /// Returned is the prompt with the best mean over both kinds of rows together; a tie goes to the
  /// better on dev and then to the older. When the budget ends before, the best by dev is.
  ///
  /// Cost in model calls: finalists × their training rows × calls an example.
  func confirmed(
    _ state: SearchState, _ end: SearchEnd, in session: any OptimizationSession
  ) async throws -> SearchResult {
    let finalists = bestByDev(state)
    let rows = confirmingRows(in: session)
    guard finalists.count > 1, !rows.isEmpty else { return state.result(end) }
    let evaluations: [Evaluation]
    do {
      evaluations = try await session.evaluate(
        finalists.map { EvaluationRequest($0.candidate, on: rows) })
    } catch is BudgetExhausted {
      return state.result(end)
    }
    let dev = Double(session.dev.count)
    let train = Double(rows.count)
    var best: (entry: ScoredCandidate, mean: Double)?
    for (entry, evaluation) in zip(finalists, evaluations) {
      guard let score = evaluation.score, evaluation.coverage >= SelectedCandidate.leastCoverage
      else {
        continue
      }
      let mean = (entry.score * dev + score * train) / (dev + train)
      if mean > best?.mean ?? -.infinity { best = (entry, mean) }
    }
    guard let best else { return state.result(end) }
    try await session.record(
      .note(
        "Of the \(finalists.count) best prompts on dev, the one with the best score on dev and train "
          + "together is returned; it was number "
          + "\((finalists.firstIndex(of: best.entry) ?? 0) + 1) on dev."))
    var result = state.result(end)
    result.best = best.entry.candidate
    result.devScore = best.entry.score
    return result
  }

  /// The training rows that finalists are scored on: all in their order, or some at random.
  private func confirmingRows(in session: any OptimizationSession) -> [Example] {
    let count = finalists.rows(train: session.train.count, dev: session.dev.count)
    guard count < session.train.count else { return session.train }
    var chance = session.random("finalists' rows")
    return Array(session.train.shuffled(by: &chance).prefix(count))
  }

  /// The finalists, the best on dev first, the older of equals first.
  private func bestByDev(_ state: SearchState) -> [ScoredCandidate] {
    guard finalists.count > 1 else { return [] }
    let complete = state.trajectory.evaluated.filter(\.isComplete)
    let ranked = complete.enumerated().sorted {
      ($0.element.score, $1.offset) > ($1.element.score, $0.offset)
    }
    return ranked.prefix(finalists.count).map(\.element)
  }
}
