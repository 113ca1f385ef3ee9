// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Stochastic introspective ascent over minibatches: SIMBA.
///
/// Each step runs several programs found so far on a minibatch and looks at the rows on which they
/// differ most. From each such row a child is made of one of the programs: it gets either the best
/// course on that row as a demonstration of every stage, or a rule that the optimizer model draws from
/// a good and a bad course. The best child on the minibatch is scored on dev and joins. From DSPy
/// (Khattab et al., arXiv:2310.03714).
///
/// Cost in model calls: `dev` for the seed; a step takes at most `2 × candidates × batch` rows, one
/// optimizer call a rule, and `dev` for the best child, times the calls an example takes.
///
/// Differences from DSPy: programs differ by their prompts alone, as the task's temperature holds for
/// all; the best of a step is scored on dev at once, not at the end; a demonstration needs a score above
/// 0 and a rule a row on which programs differ, where DSPy asks for the batch's 10th and 90th percentile;
/// a model too small to write is not asked for rules.
public struct SIMBA: Optimizer {
  /// Rows of a minibatch.
  public var batch: Int
  /// Programs run and children made in a step.
  public var candidates: Int
  /// The steps at most.
  public var steps: Int
  /// The most demonstrations of a stage.
  public var demonstrations: Int
  /// How much better programs are preferred; lower is more.
  public var sampling: Double
  /// Who writes rules.
  public var proposer: ProposerKind
  /// How the optimizer model is asked.
  public var writer: Writer

  /// Creates the optimizer.
  public init(
    batch: Int = 32, candidates: Int = 6, steps: Int = 8, demonstrations: Int = 4,
    sampling: Double = 0.2, proposer: ProposerKind = .auto,
    writer: Writer = Writer(temperature: 1, maxTokens: 256)
  ) {
    self.batch = batch
    self.candidates = candidates
    self.steps = steps
    self.demonstrations = demonstrations
    self.sampling = sampling
    self.proposer = proposer
    self.writer = writer
  }

  /// `simba`.
  public var name: String { "simba" }

  /// The seed, one step and its best child; all steps.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let full = facts.dev * facts.callsPerExample
    let rows = min(batch, facts.train) * facts.callsPerExample
    let step = 2 * candidates * rows + candidates + full
    return SearchCost(minimum: full + step, maximum: full + steps * step)
  }

  /// Ascends and returns the best by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    try session.task.program.checkPlacesForDemonstrations()
    return try await ScoredRounds(rounds: steps).run(in: session) { round, _, state in
      try await step(round, state, in: session).map { [$0] } ?? []
    }
  }

  /// The best child of a step on its minibatch.
  private func step(
    _ round: Int, _ state: RoundState, in session: any OptimizationSession
  ) async throws -> Candidate? {
    var chance = session.random("simba \(round)")
    let rows = Array(session.train.shuffled(by: &chance).prefix(batch))
    let pool = state.evaluations.compactMap { evaluation in
      state.candidates[evaluation.candidate].map { ($0, evaluation.score ?? 0) }
    }
    var programs: [Candidate] = []
    for _ in 0..<candidates {
      guard let drawn = draw(pool, by: &chance) else { continue }
      if !programs.contains(where: { $0.id == drawn.id }) { programs.append(drawn) }
    }
    let evaluations = try await session.evaluate(
      programs.map { EvaluationRequest($0, on: rows) })
    let buckets = RowBucket.ranked(programs, evaluations, on: rows)
    var children: [Candidate] = []
    for bucket in buckets.prefix(candidates) {
      guard let source = draw(pool, by: &chance),
        let child = try await child(of: source, bucket, round, &chance, in: session)
      else { continue }
      let isNew =
        state.candidates[child.id] == nil && !children.contains { $0.id == child.id }
      if isNew { children.append(child) }
    }
    let scored = try await session.evaluate(children.map { EvaluationRequest($0, on: rows) })
    var best: (child: Candidate, score: Double)?
    for (child, evaluation) in zip(children, scored) {
      if let score = evaluation.score, score > best?.score ?? -.infinity { best = (child, score) }
    }
    return best?.child
  }

  /// A program drawn by the softmax of the scores.
  private func draw(
    _ pool: [(Candidate, Double)], by chance: inout SeededGenerator
  ) -> Candidate? {
    let weights = pool.map { exp($0.1 / max(1e-6, sampling)) }
    return [Double].drawnIndex(weights: weights, by: &chance).map { pool[$0].0 }
  }

  /// A child with fewer old demonstrations and one more of the row's best course, or with a rule.
  private func child(
    of source: Candidate, _ bucket: RowBucket, _ round: Int, _ chance: inout SeededGenerator,
    in session: any OptimizationSession
  ) async throws -> Candidate? {
    let mayRule = !proposer.asksPhrasebook(for: session.task) && bucket.best > bucket.worst
    if mayRule, chance.nextUnit() < 0.5 {
      return try await ruled(source, bucket, round, &chance, in: session)
    }
    guard bucket.best > 0, let good = bucket.tries.first(where: { $0.value == bucket.best }) else {
      return nil
    }
    let program = session.task.program
    var sets: [String: [Demonstration]] = [:]
    for trace in good.result.traces(of: bucket.row, in: program) {
      guard let stage = program[trace.stage], stage.retrieval == nil,
        let item = trace.demonstration(for: stage)
      else {
        continue
      }
      var kept = source.prompts[stage.name]?.demonstrations.filter { $0 != item } ?? []
      let isFull = kept.count >= demonstrations
      let mean = Double(kept.count) / Double(max(1, demonstrations))
      for _ in 0..<min(kept.count, max(Self.poisson(mean, by: &chance), isFull ? 1 : 0)) {
        kept.remove(at: chance.nextIndex(below: kept.count))
      }
      sets[stage.name] = Array((kept + [item]).suffix(max(1, demonstrations)))
    }
    guard !sets.isEmpty else { return nil }
    return source.child(
      demonstrations: sets, move: "demonstration from \(bucket.row.id)", step: round)
  }

  /// A child with a rule after the instruction of a stage drawn at random.
  private func ruled(
    _ source: Candidate, _ bucket: RowBucket, _ round: Int, _ chance: inout SeededGenerator,
    in session: any OptimizationSession
  ) async throws -> Candidate? {
    let program = session.task.program
    guard let stage = program.askedStages.drawn(by: &chance),
      let instruction = source.prompts[stage.name]?.instruction,
      let ask = RuleAsk.ask(stage, instruction: instruction, bucket, program)
    else { return nil }
    let request = writer.promptRequest(ask, seed: chance.next(), sample: 0)
    guard let reply = try await session.generate([request], as: .optimizer).first else {
      return nil
    }
    let proposal = writer.proposal(from: reply, source: name, move: "rule for \(stage.name)")
    let asks = StageInstructions(choice: .always(PhrasebookProposer()), maxWords: 100)
    let kept = try await asks.sift(
      [proposal], seen: [], parent: proposal.text, round, session)
    return kept.first.map {
      source.child(
        instruction: instruction + "\n" + $0.text, stage: stage.name, move: $0.move, step: round)
    }
  }

  /// A number drawn from Poisson's distribution (Knuth).
  private static func poisson(_ mean: Double, by chance: inout SeededGenerator) -> Int {
    let limit = exp(-mean)
    var count = 0
    var product = chance.nextUnit()
    while product > limit, count < 1000 {
      count += 1
      product *= chance.nextUnit()
    }
    return count
  }
}
