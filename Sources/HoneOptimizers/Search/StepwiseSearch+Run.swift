// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension StepwiseSearch {
  /// Searches and returns the best candidate by its dev score.
  ///
  /// When the budget runs out in a step, that step's scores are lost and the best before it is
  /// returned; the steps are planned so that this is rare.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let seed = Candidate(seedOf: session.task.program)
    let facts = TaskFacts(of: session)
    let steps = plannedSteps(
      for: facts, calls: await session.remaining().calls,
      callsPerPrompt: session.task.callsPerPrompt)
    try await session.record(.started(steps: steps))
    let start: Evaluation
    do {
      start = try await evaluate([seed], step: 0, in: session)[0]
    } catch let limit as BudgetExhausted {
      return SearchResult(best: seed, devScore: nil, seedDevScore: nil, end: .budget(limit))
    }
    guard let score = start.score else { throw SeedNotScored(results: start.results) }
    var state = SearchState(seed: ScoredCandidate(seed, score: score))
    let proposer = proposer.proposer(for: session.task)
    for step in 1...max(1, steps) {
      if state.best.score >= 1, session.task.metric.isCappedAtOne { return state.result(.perfect) }
      do {
        try await take(step, of: steps, &state, proposer, in: session)
      } catch let limit as BudgetExhausted {
        return state.result(.budget(limit))
      }
      if state.emptySteps >= 3 { return state.result(.noProposals(steps: state.emptySteps)) }
      if let patience = plateau.patience, plateau.isReached(bestScores: state.bestScores) {
        return state.result(.plateau(steps: patience))
      }
    }
    return state.result(.finished)
  }

  private func take(
    _ step: Int, of steps: Int, _ state: inout SearchState, _ proposer: any Proposer,
    in session: any OptimizationSession
  ) async throws {
    let limit = stepSize.words(step: step, of: steps)
    try await session.record(.stepStarted(step: step, of: steps, stepSize: limit))
    let request = try await self.request(step, limit, proposer, &state, in: session)
    let proposals = try await proposer.propose(candidates, for: request, in: session)
    let accepted = try await sift(proposals, limit, step, &state, in: session)
    state.emptySteps = accepted.isEmpty ? state.emptySteps + 1 : 0
    let scored = try await score(accepted, step, &state, in: session)
    if let next = nextPrompt.choose(from: scored, in: state.trajectory) {
      state.trajectory.move(to: next)
    }
    state.bestScores.append(state.best.score)
    try await session.record(
      .stepFinished(
        step: step, of: steps, current: state.current.candidate.id, best: state.best.candidate.id,
        bestScore: state.best.score))
  }

  private func request(
    _ step: Int, _ limit: Int?, _ proposer: any Proposer, _ state: inout SearchState,
    in session: any OptimizationSession
  ) async throws -> ProposalRequest {
    var excerpt = TrajectoryExcerpt()
    if proposer.readsTrajectory {
      excerpt = try await trajectory.excerpt(of: &state.trajectory, in: session)
      if let note = excerpt.note { try await tell(note, &state, in: session) }
    }
    let current = state.current
    let facts = try await information.gather(on: current, step: step, in: session)
    var chance = session.random("format examples")
    let rows = session.train.shuffled(by: &chance).prefix(formatExamples)
    let prompt = current.candidate.prompt
    return ProposalRequest(
      step: step, trajectory: state.trajectory, current: current, facts: facts, excerpt: excerpt,
      examples: prompt.map { FormatExamples(rows: Array(rows), prompt: $0) } ?? .none,
      refinement: refinement, stepSize: limit, maxWords: maxWords, seen: state.seen)
  }

  /// Records a note the first time.
  private func tell(
    _ note: String, _ state: inout SearchState, in session: any OptimizationSession
  ) async throws {
    guard state.notes.insert(note).inserted else { return }
    try await session.record(.note(note))
  }
}
