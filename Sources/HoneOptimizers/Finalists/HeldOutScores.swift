// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Scores candidates on training rows that they may show as demonstrations.
///
/// A row that a candidate shows is asked with all of its demonstrations but those of that row, as in
/// leave-one-out cross-validation; the candidate with one demonstration less stands for it there.
struct HeldOutScores: Sendable {
  private let rows: [Example]

  init(_ rows: [Example]) {
    self.rows = rows
  }

  /// The score of each candidate, all in one batch; nil where too few rows could be counted.
  ///
  /// Cost in model calls: candidates × rows × calls an example.
  func scores(
    of candidates: [Candidate], in session: any OptimizationSession
  ) async throws -> [Double?] {
    let parts = candidates.map(requests)
    var found = try await session.evaluate(parts.flatMap { $0 })[...]
    return zip(candidates, parts).map { candidate, part in
      let own = found.prefix(part.count)
      found = found.dropFirst(part.count)
      // What came whole has its score already, by the answers of the whole program.
      let whole =
        own.count == 1
        ? own[own.startIndex]
        : Evaluation(
          candidate: candidate.id, results: own.flatMap(\.results),
          examples: part.flatMap(\.examples), metric: session.task.metric,
          kind: session.task.answer.kind)
      return whole.coverage >= SelectedCandidate.leastCoverage ? whole.score : nil
    }
  }

  /// One request for the rows that the candidate does not show, and one for each that it does.
  private func requests(for candidate: Candidate) -> [EvaluationRequest] {
    var unseen: [Example] = []
    var requests: [EvaluationRequest] = []
    for row in rows {
      if let hiding = candidate.hiding(row) {
        requests.append(EvaluationRequest(hiding, on: [row]))
      } else {
        unseen.append(row)
      }
    }
    return (unseen.isEmpty ? [] : [EvaluationRequest(candidate, on: unseen)]) + requests
  }
}
