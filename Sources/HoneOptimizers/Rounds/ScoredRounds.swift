// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Rounds in which candidates are made and scored on all of dev, the best of all being kept.
///
/// What searches over demonstrations and programs share: the seed is scored first, each round makes
/// candidates, equal ones are turned down, the rest are scored in one batch, and a tie keeps the
/// older. A round that the calls left do not pay for is made smaller; when not one candidate is paid
/// for, or a round says that nothing new can be made any more, the search ends.
struct ScoredRounds: Sendable {
  /// The rounds at most.
  var rounds: Int

  /// Runs the rounds; `make` is given the round, from 1, how many candidates are paid for, and what is
  /// known, and returns candidates.
  func run(
    in session: any OptimizationSession,
    make: (Int, Int, inout RoundState) async throws -> [Candidate]
  ) async throws -> SearchResult {
    let seed = Candidate(seedOf: session.task.program)
    try await session.record(.started(steps: rounds))
    var state = RoundState(seed: seed)
    do {
      let start = try await state.score([seed], step: 0, in: session)
      guard start.first?.score != nil else {
        throw SeedNotScored(results: start.first?.results ?? [])
      }
      for round in 1...max(1, rounds) {
        if state.bestScore ?? 0 >= 1, session.task.metric.isCappedAtOne {
          return state.result(.perfect)
        }
        let count = await paidFor(in: session)
        guard count > 0 else { return state.result(.budget(await shortage(in: session))) }
        try await session.record(.stepStarted(step: round, of: rounds, stepSize: nil))
        let made = try await make(round, count, &state)
        let new = try await state.admit(Array(made.prefix(count)), step: round, in: session)
        _ = try await state.score(new, step: round, in: session)
        try await session.record(
          .stepFinished(
            step: round, of: rounds, current: new.first?.id ?? state.best.id,
            best: state.best.id, bestScore: state.bestScore))
        if state.isExhausted { return state.result(.noProposals(steps: 1)) }
      }
    } catch let limit as BudgetExhausted {
      return state.result(.budget(limit))
    }
    return state.result(.finished)
  }

  /// How many candidates the calls that are left pay for.
  private func paidFor(in session: any OptimizationSession) async -> Int {
    guard let left = await session.remaining().calls else { return .max }
    let one = session.dev.count * TaskFacts(of: session).callsPerExample
    return left / max(1, one)
  }

  private func shortage(in session: any OptimizationSession) async -> BudgetExhausted {
    let allowed = session.task.budget.calls ?? 0
    let left = await session.remaining().calls ?? 0
    let one = session.dev.count * TaskFacts(of: session).callsPerExample
    return BudgetExhausted(
      limit: .calls, allowed: Double(allowed), needed: Double(allowed - left + one))
  }
}
