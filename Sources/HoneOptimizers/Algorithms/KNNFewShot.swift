// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Shows each example the training rows nearest to it, chosen when it is run: KNN few-shot.
///
/// The embedder makes vectors of the rows; the demonstrations of the nearest ones are shown in every
/// stage, the nearest next to the question. Two pools are compared on dev: rows with their right
/// answers, and what the program itself did on rows that it got right, with right answers for the
/// others. Liu et al., "What Makes Good In-Context Examples for GPT-3?", arXiv:2101.06804; DSPy's
/// KNNFewShot (Khattab et al., arXiv:2310.03714). The pool is saved with the program.
///
/// Cost in model calls: an embedder call for each row of the pool and of dev, `3 × dev` for the seed
/// and both pools, and the rows of the pool for the second one, times the calls an example takes.
///
/// Differences from DSPy, which runs its teacher on the nearest rows anew for each example: the work is
/// done once for all rows; a row is never shown to itself; the seed is kept when neither pool is better.
public struct KNNFewShot: Optimizer {
  /// Demonstrations shown.
  public var shown: Int
  /// The most training rows to choose among.
  public var pool: Int
  /// Whether what the program itself did is tried too.
  public var teaches: Bool
  /// The least score of an answer that becomes a demonstration.
  public var passing: Double

  /// Creates the optimizer.
  public init(shown: Int = 4, pool: Int = 200, teaches: Bool = true, passing: Double = 1) {
    self.shown = shown
    self.pool = pool
    self.teaches = teaches
    self.passing = passing
  }

  /// `knn-few-shot`.
  public var name: String { "knn-few-shot" }

  /// The seed and the labelled pool with all vectors; the taught pool too.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let one = facts.dev * facts.callsPerExample
    let rows = min(pool, facts.train)
    let least = 2 * one + rows + facts.dev
    return SearchCost(
      minimum: least, maximum: least + (teaches ? one + rows * facts.callsPerExample : 0))
  }

  /// Compares the pools and returns the best program by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    let program = session.task.program
    try program.checkPlacesForDemonstrations()
    var chance = session.random("pool")
    let kept = Set(session.train.shuffled(by: &chance).prefix(pool).map(\.id))
    let rows = session.train.filter { kept.contains($0.id) }
    let labelled = LabelledRows(rows, of: program).rows
    return try await ScoredRounds(rounds: teaches ? 2 : 1).run(in: session) { round, _, state in
      guard round == 2 else {
        return [choosing(labelled, "labelled rows", rows, state, program, step: round)]
      }
      let learnt = try await Teacher(
        state.seed, shown: Array(labelled.shuffled(by: &chance).prefix(shown)), passing: passing
      ).lessons(rows.count, from: rows, in: session)
      let taught = Set(learnt.map(\.row))
      let all = learnt + labelled.filter { !taught.contains($0.row) }
      return [choosing(all, "rows, \(learnt.count) taught", rows, state, program, step: round)]
    }
  }

  /// The seed with demonstrations to choose among.
  private func choosing(
    _ demonstrations: [RowDemonstrations], _ words: String, _ rows: [Example],
    _ state: RoundState, _ program: Program, step: Int
  ) -> Candidate {
    let texts = Dictionary(
      rows.map { ($0.id, $0.nearnessText) }, uniquingKeysWith: { first, _ in first })
    var prompts = state.seed.prompts
    for stage in program.askedStages {
      let pairs = demonstrations.compactMap { row in
        row.stages[stage.name].map { ($0, texts[row.row] ?? "") }
      }
      guard !pairs.isEmpty else { continue }
      prompts[stage.name]?.demonstrations = pairs.map(\.0)
      prompts[stage.name]?.nearest = NearestDemonstrations(count: shown, keys: pairs.map(\.1))
    }
    return Candidate(
      prompts: prompts,
      lineage: Lineage(
        parents: [state.seed.id], move: "the \(shown) nearest of \(demonstrations.count) \(words)",
        step: step))
  }
}
