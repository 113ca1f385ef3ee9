// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension StepwiseSearch {
  /// Searches and returns the best candidate by its dev score.
  ///
  /// The steps planned are those that the calls allow at worst; what they leave over pays for more
  /// steps of the last size. When the budget runs out in a step, that step's scores are lost and the best before it is
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
    let end = try await walk(steps, from: &state, in: session)
    return state.result(end)
  }

  /// Takes the steps until they are done or something ends them.
  private func walk(
    _ steps: Int, from state: inout SearchState, in session: any OptimizationSession
  ) async throws -> SearchEnd {
    let proposer = proposer.proposer(for: session.task)
    var step = 0
    while await goesOn(after: step, of: steps, in: session) {
      step += 1
      if state.best.score >= 1, session.task.metric.isCappedAtOne { return .perfect }
      do {
        try await take(step, of: max(step, steps), &state, proposer, in: session)
      } catch let limit as BudgetExhausted {
        return .budget(limit)
      }
      if state.emptySteps >= 3 { return .noProposals(steps: state.emptySteps) }
      if let patience = plateau.patience, plateau.isReached(bestScores: state.bestScores) {
        return .plateau(steps: patience)
      }
    }
    return .finished
  }

  /// Whether another step is taken: the planned ones always, those of the epochs beyond them as long
  /// as a whole one is paid for by what proposals turned down, rows spared and the like left over.
  private func goesOn(
    after step: Int, of planned: Int, in session: any OptimizationSession
  ) async -> Bool {
    if step < max(1, planned) { return true }
    guard step < steps(train: session.train.count), let left = await session.remaining().calls
    else { return false }
    let facts = TaskFacts(of: session)
    return left >= callsPerStep(for: facts) + candidates * session.task.callsPerPrompt
  }

  private func take(
    _ step: Int, of steps: Int, _ state: inout SearchState, _ proposer: any Proposer,
    in session: any OptimizationSession
  ) async throws {
    let limit = stepSize.words(step: step, of: steps)
    try await session.record(.stepStarted(step: step, of: steps, stepSize: limit))
    let parents = state.trajectory.beam
    var reflected: [ReflectedPrompt] = []
    var accepted: [AcceptedProposal] = []
    for (index, share) in shares(parents: parents.count).enumerated() where share > 0 {
      let request = try await self.request(
        step, parents[index], index, limit, proposer, &state, in: session)
      reflected.append(ReflectedPrompt(parents[index], reflection: request.facts.reflection))
      let proposals = try await proposer.propose(share, for: request, in: session)
      accepted += try await sift(
        proposals, of: parents[index], limit, step, &state, in: session)
    }
    state.emptySteps = accepted.isEmpty ? state.emptySteps + 1 : 0
    let scored = try await score(accepted, step, &state, in: session)
    state.trajectory.append(
      finished: FinishedStep(step: step, parents: reflected, scored: scored))
    let next = nextPrompt.choose(
      from: scored.filter(\.isComplete), in: state.trajectory)
    if !next.isEmpty { state.trajectory.move(to: next) }
    state.bestScores.append(state.best.score)
    try await session.record(
      .stepFinished(
        step: step, of: steps, current: state.current.candidate.id, best: state.best.candidate.id,
        bestScore: state.best.score))
  }

  /// How many candidates each of a step's prompts is asked for; the first ones get what is left over.
  func shares(parents: Int) -> [Int] {
    guard parents > 0 else { return [] }
    return (0..<parents).map { candidates / parents + ($0 < candidates % parents ? 1 : 0) }
  }

  private func request(
    _ step: Int, _ parent: ScoredCandidate, _ index: Int, _ limit: Int?,
    _ proposer: any Proposer, _ state: inout SearchState, in session: any OptimizationSession
  ) async throws -> ProposalRequest {
    let facts = try await information.gather(
      on: parent, batch: batchRows(step: step, of: session.train), step: step, in: session)
    if let note = facts.note { try await tell(note, &state, in: session) }
    var excerpt = TrajectoryExcerpt()
    if proposer.readsTrajectory {
      let focus = TrajectoryFocus(step: step, current: parent, reflection: facts.reflection)
      excerpt = try await trajectory.excerpt(of: &state.trajectory, around: focus, in: session)
      if let note = excerpt.note { try await tell(note, &state, in: session) }
    }
    var chance = session.random("format examples")
    let rows = session.train.shuffled(by: &chance).prefix(formatExamples)
    let prompt = parent.candidate.prompt
    return ProposalRequest(
      step: step, trajectory: state.trajectory, current: parent, facts: facts, excerpt: excerpt,
      examples: prompt.map { FormatExamples(rows: Array(rows), prompt: $0) } ?? .none,
      refinement: refinement, stepSize: limit, maxWords: maxWords, seen: state.seen,
      parent: index)
  }

  /// The training rows of a step: the i-th slice at the i-th step of each epoch, in the rows' order.
  public func batchRows(step: Int, of train: [Example]) -> [Example] {
    let slice = (step - 1) % stepsPerEpoch(train: train.count)
    return Array(train.dropFirst(slice * batch).prefix(batch))
  }

  /// Records a note the first time.
  private func tell(
    _ note: String, _ state: inout SearchState, in session: any OptimizationSession
  ) async throws {
    guard state.notes.insert(note).inserted else { return }
    try await session.record(.note(note))
  }
}
