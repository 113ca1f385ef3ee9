// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Chooses instructions and demonstrations of all stages together: MIPROv2.
///
/// First sets of demonstrations are drawn and instructions are proposed for every stage. Then a
/// sampler (``TPESampler``) chooses a combination for each trial, which is scored on a minibatch of
/// dev; every few trials the combination with the best mean is scored on all of dev. The best full
/// score wins. Opsahl-Ong et al., "Optimizing Instructions and Demonstrations for Multi-Stage Language
/// Model Programs", arXiv:2406.11695.
///
/// Cost in model calls: the training rows once for the demonstrations, `candidates ÷ 2 + 1` optimizer
/// calls a stage, `dev` for the seed, the minibatch a trial and `dev` for each full evaluation, times
/// the calls an example takes. Trials: `max(2·v·log₂ n, 1.5·n)` with v twice the stages.
///
/// Differences from DSPy: failures are never scored as 0; full evaluations need not wait for a fifth
/// trial at the end; where trials are scored on all of dev, a combination that was tried is not tried
/// again; the search ends when all were; a phrasebook proposes for models too small to write; a stage's
/// choice 0 is what the program came with.
public struct MIPRO: Optimizer {
  /// Combinations' size: so many sets of demonstrations, and half as many instructions.
  public var candidates: Int
  /// How the demonstrations are drawn.
  public var draws: DemonstrationDraws
  /// Trials; nil for as many as the candidates ask for.
  public var trials: Int?
  /// Rows of a minibatch; all of dev is taken where it is not larger than 1.5 of them.
  public var minibatch: Int
  /// Trials between full evaluations.
  public var fullEvery: Int
  /// Who writes instructions.
  public var proposer: ProposerChoice
  /// The most words of an instruction.
  public var maxWords: Int

  /// Creates the optimizer.
  public init(
    candidates: Int = 6, draws: DemonstrationDraws = DemonstrationDraws(lessons: 4, rows: 4),
    trials: Int? = nil, minibatch: Int = 35, fullEvery: Int = 5,
    proposer: ProposerChoice = MIPRO.proposer(.auto, temperature: 1, maxTokens: 512),
    maxWords: Int = 200
  ) {
    self.candidates = candidates
    self.draws = draws
    self.trials = trials
    self.minibatch = minibatch
    self.fullEvery = fullEvery
    self.proposer = proposer
    self.maxWords = maxWords
  }

  /// The proposers there are: grounded in the data for a capable model, a phrasebook for a small one.
  public static func proposer(
    _ kind: ProposerKind, temperature: Double, maxTokens: Int
  ) -> ProposerChoice {
    MethodProposers(
      phrasebook: FreshPhraseProposer(), temperature: temperature, maxTokens: maxTokens
    ) { GroundedProposer(writer: $0) }.choice(kind, most: 1000)
  }

  /// `mipro`.
  public var name: String { "mipro" }

  /// The trials of a program with so many stages.
  public func plannedTrials(stages: Int) -> Int {
    let n = Double(max(2, candidates))
    let choices = 4 * Double(stages)
    return trials ?? Int(max(choices * log2(n), 1.5 * n))
  }

  /// The seed, the drawing and one trial with its full evaluation; all trials.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let full = facts.dev * facts.callsPerExample
    let before =
      draws.mostCalls(facts)
      + facts.stages * proposer.mostCalls(proposing: instructions, facts: facts)
    let small = min(minibatch, facts.dev) * facts.callsPerExample
    let trials = plannedTrials(stages: facts.stages)
    let isSmall = usesMinibatch(facts.dev)
    let complete = isSmall ? trials / max(1, fullEvery) + 1 : trials
    let trying = isSmall ? trials * small : 0
    return SearchCost(
      minimum: before + 2 * full + small, maximum: before + full + trying + complete * full)
  }

  private var instructions: Int { max(1, candidates / 2) }

  func usesMinibatch(_ dev: Int) -> Bool { Double(dev) > 1.5 * Double(minibatch) }

  /// Draws, proposes, tries combinations and returns the best by its dev score.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    try session.task.program.checkPlacesForDemonstrations()
    let trials = plannedTrials(stages: session.task.program.askedStages.count)
    var table: CombinationTable?
    return try await ScoredRounds(rounds: trials).run(in: session) { round, paid, state in
      if table == nil { table = try await drawn(state, in: session) }
      guard var trial = table else { return [] }
      defer { table = trial }
      trial.learn(from: state)
      guard usesMinibatch(session.dev.count) else {
        let next = trial.nextNew(round, known: state, in: session)
        state.isExhausted = next == nil
        return next.map { [$0] } ?? []
      }
      guard !trial.isExhausted(by: state) else {
        state.isExhausted = true
        return []
      }
      let candidate = trial.next(round, in: session)
      // The last calls go into a full evaluation of the best mean.
      guard paid > 1 else { return [trial.bestNotComplete(in: state) ?? candidate] }
      try await score(candidate, round, &trial, in: session)
      guard round % max(1, fullEvery) == 0 || round == trials else { return [] }
      return trial.bestNotComplete(in: state).map { [$0] } ?? []
    }
  }

  /// Scores a combination on a minibatch of dev.
  private func score(
    _ candidate: Candidate, _ round: Int, _ table: inout CombinationTable,
    in session: any OptimizationSession
  ) async throws {
    var chance = session.random("minibatch \(round)")
    let rows = Array(session.dev.shuffled(by: &chance).prefix(minibatch))
    guard
      let evaluation = try await session.evaluate([EvaluationRequest(candidate, on: rows)]).first
    else { return }
    table.take(evaluation, of: candidate)
  }

  /// What a stage did on rows that came out right, each once; labelled rows lack what it reads.
  private func lessons(of stage: Stage, in sets: [[RowDemonstrations]]) -> [Demonstration] {
    var found: [Demonstration] = []
    for row in sets.flatMap({ $0 }) {
      guard let item = row.stages[stage.name], !found.contains(item),
        stage.inputs.allSatisfy({ item.fields[$0] != nil })
      else { continue }
      found.append(item)
    }
    return found
  }

  /// The sets of demonstrations and the instructions of each stage.
  private func drawn(
    _ state: RoundState, in session: any OptimizationSession
  ) async throws -> CombinationTable {
    let program = session.task.program
    var sets: [[RowDemonstrations]] = []
    for number in 1..<max(2, candidates) {
      sets.append(try await draws.set(number, base: state.seed, in: session).rows)
    }
    var texts: [String: [String]] = [:]
    let asking = StageInstructions(choice: proposer, maxWords: maxWords)
    for stage in program.askedStages {
      let proposals = try await asking.propose(
        instructions, for: stage,
        from: [ScoredCandidate(state.seed, score: state.seedScore ?? 0)], step: 1,
        lessons: lessons(of: stage, in: sets), in: session)
      texts[stage.name] = proposals.map(\.text)
    }
    return CombinationTable(seed: state.seed, program: program, sets: sets, instructions: texts)
  }
}
