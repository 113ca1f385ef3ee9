// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Crossing {
  /// A new instruction for each candidate of the first population, at most; fewer when proposals were
  /// turned down.
  func varied(
    _ candidates: [Candidate], _ stage: Stage, step: Int, _ state: RoundState,
    in session: any OptimizationSession
  ) async throws -> [Proposal] {
    if capo.proposer.asksPhrasebook(for: session.task) {
      return try await phrases(candidates.count, stage, step: step, state, in: session)
    }
    let current = state.seed.prompts[stage.name]?.instruction ?? ""
    let ask = CrossingAsks.vary(
      current, task: purpose(of: stage, state, session), maxWords: capo.maxWords)
    let proposals = try await written(
      [Ask](repeating: ask, count: candidates.count), "variation", step: step, in: session)
    return try await asking.sift(proposals, seen: [current], parent: current, step, session)
  }

  /// An instruction for each pair, crossed and then varied; nil where it was turned down.
  ///
  /// What is the same in both is varied only.
  func crossed(
    _ pairs: [Pair], step: Int, _ state: RoundState, in session: any OptimizationSession
  ) async throws -> [Proposal?] {
    var result = [Proposal?](repeating: nil, count: pairs.count)
    if capo.proposer.asksPhrasebook(for: session.task) {
      for stage in session.task.program.askedStages {
        let places = pairs.indices.filter { pairs[$0].stage.name == stage.name }
        let made = try await phrases(places.count, stage, step: step, state, in: session)
        for (place, proposal) in zip(places, made) { result[place] = proposal }
      }
      return result
    }
    var joined = pairs.map { $0.texts.first == $0.texts.second ? $0.texts.first : "" }
    let different = pairs.indices.filter { pairs[$0].texts.first != pairs[$0].texts.second }
    let asks = different.map { index in
      CrossingAsks.cross(
        pairs[index].texts.first, pairs[index].texts.second,
        task: purpose(of: pairs[index].stage, state, session), maxWords: capo.maxWords)
    }
    for (index, proposal) in zip(
      different, try await written(asks, "crossing", step: step, in: session))
    where proposal.failure == nil { joined[index] = proposal.text }
    let usable = pairs.indices.filter { !joined[$0].isEmpty }
    let mutated = try await written(
      usable.map {
        CrossingAsks.vary(
          joined[$0], task: purpose(of: pairs[$0].stage, state, session), maxWords: capo.maxWords)
      }, "mutation", step: step, in: session)
    for (index, proposal) in zip(usable, mutated) {
      let parent = pairs[index].texts.first
      result[index] = try await asking.sift(
        [proposal], seen: [parent], parent: parent, step, session
      ).first
    }
    return result
  }

  /// What an instruction is for: the task, or a step of it.
  private func purpose(
    of stage: Stage, _ state: RoundState, _ session: any OptimizationSession
  ) -> String {
    session.task.program.stages.count > 1
      ? session.task.task(ofStage: stage, in: state.seed, showsRows: false).description
      : session.task.description
  }

  private var asking: StageInstructions {
    StageInstructions(choice: .always(PhrasebookProposer()), maxWords: capo.maxWords)
  }

  private func phrases(
    _ count: Int, _ stage: Stage, step: Int, _ state: RoundState,
    in session: any OptimizationSession
  ) async throws -> [Proposal] {
    var scored: [ScoredCandidate] = []
    for evaluation in state.evaluations {
      guard let found = state.candidates[evaluation.candidate], let score = evaluation.score else {
        continue
      }
      scored.append(ScoredCandidate(found, score: score))
    }
    // The best so far is the one to start from.
    scored.append(ScoredCandidate(state.best, score: state.bestScore ?? 0))
    return try await asking.propose(count, for: stage, from: scored, step: step, in: session)
  }

  private func written(
    _ asks: [Ask], _ move: String, step: Int, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    guard !asks.isEmpty else { return [] }
    var chance = session.random("\(move) \(step)")
    let seed = chance.next()
    let requests = asks.enumerated().map { index, ask in
      capo.writer.promptRequest(ask, seed: seed, sample: index)
    }
    return try await session.generate(requests, as: .optimizer).map {
      capo.writer.proposal(from: $0, source: "capo", move: move)
    }
  }
}

extension ProposerKind {
  /// Whether a method that has no mixture takes the phrasebook for a task's models.
  func asksPhrasebook(for task: PromptTask) -> Bool {
    switch self {
    case .phrasebook, .mixture: true
    case .metaPrompt, .completion: false
    case .auto:
      SmallModels.kind(of: task.models[.optimizer] ?? task.models[.task] ?? "") != nil
    }
  }
}
