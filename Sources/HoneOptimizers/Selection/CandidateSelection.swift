// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// How the best of several candidates are found: by a full evaluation, or by a bandit with less.
///
/// An implementer scores the candidates on dev rows, each batch in one call of the session, records
/// one `evaluated` event a candidate, and draws all chance from the session. Pairs of candidate and row
/// that were evaluated before in the run are free and count again. It never completes a candidate on
/// dev for the sake of completeness: the search does so with those it moves to, and keeps calls for it.
public protocol CandidateSelection: Sendable {
  /// Scores candidates and ranks them.
  ///
  /// Gives back every candidate once: the `count` best first, the best of them at the front, then
  /// those that left the race. A tie keeps the order given, so that the older is first.
  func select(
    _ candidates: [Candidate], keeping count: Int, step: Int, in session: any OptimizationSession
  ) async throws -> [SelectedCandidate]

  /// The most calls that selecting among so many new candidates takes.
  func mostCalls(candidates: Int, facts: TaskFacts) -> Int
}
