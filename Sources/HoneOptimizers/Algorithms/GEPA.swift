// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Reflective evolution with a front of candidates that are best on some row.
///
/// Each round draws a parent in proportion to the dev rows it leads, runs it on a few training rows,
/// lets the optimizer model rewrite one stage's instruction from what happened (the metric's feedback
/// included), and scores the child on all of dev only if it does strictly better on those rows. Now
/// and then two candidates of the front that changed different stages are merged. Agrawal et al.,
/// "GEPA: Reflective Prompt Evolution Can Outperform Reinforcement Learning", arXiv:2507.19457.
///
/// Cost in model calls: `dev` for the seed; a round takes 2 × minibatch × calls an example and one
/// optimizer call, and `dev` more for a child that passes the gate.
///
/// Differences from the published code: rows that failed or were refused are left out of the gate on
/// both sides; the number of rounds is a setting, not only the budget; a phrasebook proposes for models
/// too small to write.
public struct GEPA: Optimizer {
  /// The rounds at most.
  public var rounds: Int
  /// Training rows of a round.
  public var minibatch: Int
  /// Merges at most; 0 for none.
  public var merges: Int
  /// Who writes.
  public var proposer: ProposerKind
  /// The optimizer model's temperature.
  public var temperature: Double
  /// The most tokens of its response.
  public var maxTokens: Int
  /// The most words of an instruction.
  public var maxWords: Int

  /// Creates the optimizer.
  public init(
    rounds: Int = 40, minibatch: Int = 3, merges: Int = 5, proposer: ProposerKind = .auto,
    temperature: Double = 1, maxTokens: Int = 1024, maxWords: Int = 300
  ) {
    self.rounds = rounds
    self.minibatch = minibatch
    self.merges = merges
    self.proposer = proposer
    self.temperature = temperature
    self.maxTokens = maxTokens
    self.maxWords = maxWords
  }

  /// Dev rows that a merge must do well on before it is scored on all.
  static let mergeRows = 5

  /// `gepa`.
  public var name: String { "gepa" }

  /// The seed and one round with its full evaluation; all rounds, each passing the gate.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let full = facts.dev * facts.callsPerExample
    let round = 2 * min(minibatch, facts.train) * facts.callsPerExample + 1
    return SearchCost(minimum: 2 * full + round, maximum: full + rounds * (round + full))
  }

  /// Evolves and returns the best by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    var evolution = Evolution(gepa: self)
    return try await ScoredRounds(rounds: rounds).run(in: session) { round, _, state in
      try await evolution.child(round, state, in: session).map { [$0] } ?? []
    }
  }

  /// What is kept between rounds beside the evaluations.
  private struct Evolution {
    let gepa: GEPA
    var merged: Set<Set<String>> = []
    var mergesLeft: Int
    /// A new candidate joined the front, so a merge may be worth trying.
    var mayMerge = false
    var known = 1

    init(gepa: GEPA) {
      self.gepa = gepa
      mergesLeft = gepa.merges
    }

    /// A child that passed the gate, or nil.
    mutating func child(
      _ round: Int, _ state: RoundState, in session: any OptimizationSession
    ) async throws -> Candidate? {
      if state.evaluations.count > known {
        known = state.evaluations.count
        mayMerge = true
      }
      let front = InstanceFront(state.evaluations)
      var chance = session.random("gepa \(round)")
      if mayMerge, mergesLeft > 0,
        let child = Merging(state: state, front: front, tried: merged).child(step: round)
      {
        mayMerge = false
        mergesLeft -= 1
        merged.insert(Set(child.lineage.parents))
        return try await isWorthScoring(child, round, state, in: session) ? child : nil
      }
      guard let id = front.drawn(by: &chance), let parent = state.candidates[id] else { return nil }
      let rows = minibatch(round, of: session)
      return try await mutated(parent, rows, round, state, in: session)
    }

    /// Whether a merge does at least as well as the better of its parents on a few dev rows, of which a
    /// third each are those that the one, the other and neither does better.
    private func isWorthScoring(
      _ child: Candidate, _ round: Int, _ state: RoundState, in session: any OptimizationSession
    ) async throws -> Bool {
      let parents = child.lineage.parents.compactMap { state.evaluation(of: $0)?.results }
      guard parents.count == 2, session.dev.count > GEPA.mergeRows else { return true }
      let values = parents.map { $0.map { $0.outcome.value ?? 0 } }
      var chance = session.random("merge \(round)")
      let rows = Array(session.dev.indices).shuffled(by: &chance)
      let kinds = [(<), (>), (==)] as [(Double, Double) -> Bool]
      var chosen = kinds.flatMap { isKind in
        rows.filter { isKind(values[0][$0], values[1][$0]) }.prefix((GEPA.mergeRows + 2) / 3)
      }
      chosen += rows.filter { !chosen.contains($0) }
      let taken = chosen.prefix(GEPA.mergeRows).sorted()
      let request = EvaluationRequest(child, on: taken.map { session.dev[$0] })
      guard let found = try await session.evaluate([request]).first else { return false }
      let own = found.results.reduce(0) { $0 + ($1.outcome.value ?? 0) }
      let best = values.map { list in taken.reduce(0) { $0 + list[$1] } }.max() ?? 0
      guard own < best else { return true }
      try await session.record(
        .note("A merge did worse than its better parent on \(taken.count) dev rows."))
      return false
    }

    /// The rows of a round: slices of the training rows shuffled anew in each pass.
    private func minibatch(_ round: Int, of session: any OptimizationSession) -> [Example] {
      let size = max(1, min(gepa.minibatch, session.train.count))
      let slices = max(1, session.train.count / size)
      var chance = session.random("pass \((round - 1) / slices)")
      let rows = session.train.shuffled(by: &chance)
      return Array(rows.dropFirst((round - 1) % slices * size).prefix(size))
    }

    private func mutated(
      _ parent: Candidate, _ rows: [Example], _ round: Int, _ state: RoundState,
      in session: any OptimizationSession
    ) async throws -> Candidate? {
      guard let before = try await session.evaluate([EvaluationRequest(parent, on: rows)]).first
      else { return nil }
      let isPerfect = before.results.allSatisfy { ($0.outcome.value ?? 0) >= 1 }
      if isPerfect, session.task.metric.isCappedAtOne { return nil }
      let stages = session.task.program.askedStages
      let stage = stages[(round - 1) % max(1, stages.count)]
      let proposals = try await proposals(
        stage, parent, Array(zip(rows, before.results)), round, state, in: session)
      guard let proposal = proposals.first else { return nil }
      let child = parent.child(
        instruction: proposal.text, stage: stage.name, move: proposal.move, step: round)
      guard state.candidates[child.id] == nil,
        let after = try await session.evaluate([EvaluationRequest(child, on: rows)]).first
      else { return nil }
      let pairs = zip(before.results, after.results).compactMap { old, new in
        old.outcome.value.flatMap { a in new.outcome.value.map { (a, $0) } }
      }
      let gain = pairs.reduce(0) { $0 + $1.1 - $1.0 }
      guard gain > 0 else {
        try await session.record(
          .note("A rewrite of \(stage.name) was no better on \(rows.count) training rows."))
        return nil
      }
      return child
    }

    private func proposals(
      _ stage: Stage, _ parent: Candidate, _ cases: [(Example, ExampleResult)], _ round: Int,
      _ state: RoundState, in session: any OptimizationSession
    ) async throws -> [Proposal] {
      let current = parent.prompts[stage.name]?.instruction ?? ""
      let score = state.evaluation(of: parent.id)?.score ?? 0
      let asks = StageInstructions(
        choice: .always(PhrasebookProposer()), maxWords: gepa.maxWords)
      if gepa.proposer.asksPhrasebook(for: session.task) {
        var scored: [ScoredCandidate] = []
        for evaluation in state.evaluations where evaluation.candidate != parent.id {
          guard let found = state.candidates[evaluation.candidate], let value = evaluation.score
          else { continue }
          scored.append(ScoredCandidate(found, score: value))
        }
        scored.append(ScoredCandidate(parent, score: score))
        return try await asks.propose(1, for: stage, from: scored, step: round, in: session)
      }
      let form: Writer.Form = gepa.proposer == .completion ? .completion : .chat
      let reflective = ReflectiveProposer(
        writer: Writer(form, temperature: gepa.temperature, maxTokens: gepa.maxTokens),
        maxWords: gepa.maxWords)
      let proposal = try await reflective.propose(
        for: stage, current: current, rows: cases.map { ($0.0, $0.1) }, step: round, in: session)
      return try await asks.sift(
        [proposal], seen: [current], parent: current, round, session)
    }
  }
}
