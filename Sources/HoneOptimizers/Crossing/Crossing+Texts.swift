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
      current, task: session.task.description, maxWords: capo.maxWords)
    let proposals = try await written(
      [Ask](repeating: ask, count: candidates.count), "variation", step: step, in: session)
    return try await asking.sift(proposals, seen: [current], parent: current, step, session)
  }

  /// An instruction for each pair, crossed and then varied; nil where it was turned down.
  func crossed(
    _ pairs: [(first: Candidate, second: Candidate)], _ stage: Stage, step: Int,
    _ state: RoundState, in session: any OptimizationSession
  ) async throws -> [Proposal?] {
    if capo.proposer.asksPhrasebook(for: session.task) {
      let made = try await phrases(pairs.count, stage, step: step, state, in: session)
      return pairs.indices.map { $0 < made.count ? made[$0] : nil }
    }
    let task = session.task.description
    func text(_ candidate: Candidate) -> String { candidate.prompts[stage.name]?.instruction ?? "" }
    let joined = try await written(
      pairs.map {
        CrossingAsks.cross(text($0.first), text($0.second), task: task, maxWords: capo.maxWords)
      }, "crossing", step: step, in: session)
    let usable = joined.indices.filter { joined[$0].failure == nil && !joined[$0].text.isEmpty }
    let mutated = try await written(
      usable.map { CrossingAsks.vary(joined[$0].text, task: task, maxWords: capo.maxWords) },
      "mutation", step: step, in: session)
    var result = [Proposal?](repeating: nil, count: pairs.count)
    for (index, proposal) in zip(usable, mutated) {
      let parent = text(pairs[index].first)
      result[index] = try await asking.sift(
        [proposal], seen: [parent], parent: parent, step, session
      ).first
    }
    return result
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
