// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The population of CAPO: how it begins, and how children are made of it.
struct Crossing: Sendable {
  let capo: CAPO
  var population: [Candidate] = []
  /// The rows that demonstrations may be taken from.
  private var pool: [RowDemonstrations] = []
  /// The rows each candidate shows.
  private var shown: [String: [RowDemonstrations]] = [:]

  init(capo: CAPO) {
    self.capo = capo
  }

  /// Two parents and the stage whose instructions are crossed.
  struct Pair: Sendable {
    let first: Candidate
    let second: Candidate
    let stage: Stage

    /// Draws a stage in which the two differ, or any where they do not.
    init?(
      _ first: Candidate, _ second: Candidate, of program: Program,
      by chance: inout SeededGenerator
    ) {
      func text(_ candidate: Candidate, _ stage: Stage) -> String? {
        candidate.prompts[stage.name]?.instruction
      }
      let stages = program.askedStages
      let differing = stages.filter { text(first, $0) != text(second, $0) }
      guard let stage = (differing.isEmpty ? stages : differing).drawn(by: &chance) else {
        return nil
      }
      (self.first, self.second, self.stage) = (first, second, stage)
    }

    /// The instructions of both.
    var texts: (first: String, second: String) {
      (
        first.prompts[stage.name]?.instruction ?? "",
        second.prompts[stage.name]?.instruction ?? ""
      )
    }
  }

  /// Makes the first population: the seed, and variations of its instructions with random rows.
  mutating func populate(
    from state: inout RoundState, step: Int, in session: any OptimizationSession
  ) async throws {
    let program = session.task.program
    pool = try await rows(of: state.seed, in: session)
    var chance = session.random("population")
    var made = [state.seed]
    let stages = program.askedStages
    for index in 1..<max(2, capo.population) {
      let rows = pool.shuffled(by: &chance).prefix(chance.nextIndex(below: capo.shots + 1))
      made.append(state.seed.withRows(Array(rows), of: program, move: "start \(index)", step: step))
      shown[made[index].id] = Array(rows)
    }
    for (number, stage) in stages.enumerated() {
      let places = made.indices.filter { $0 > 0 && $0 % stages.count == number }
      let texts = try await varied(
        places.map { made[$0] }, stage, step: step, state, in: session)
      for (place, text) in zip(places, texts) {
        let rows = shown[made[place].id] ?? []
        made[place] = made[place].with(instruction: text.text, stage, move: text.move, step: step)
        shown[made[place].id] = rows
      }
    }
    let others = unique(made).filter { $0.id != state.seed.id }
    population = [state.seed] + (try await state.admit(others, step: step, in: session))
  }

  /// Children of two parents each, mutated.
  mutating func children(
    of state: RoundState, step: Int, in session: any OptimizationSession
  ) async throws -> [Candidate] {
    guard population.count > 1 else { return [] }
    let program = session.task.program
    var chance = session.random("children \(step)")
    var pairs: [Pair] = []
    for _ in 0..<capo.children {
      let drawn = population.shuffled(by: &chance)
      guard let pair = Pair(drawn[0], drawn[1], of: program, by: &chance) else { return [] }
      pairs.append(pair)
    }
    let texts = try await crossed(pairs, step: step, state, in: session)
    var made: [Candidate] = []
    for (index, pair) in pairs.enumerated() {
      let rows = mutatedRows(of: pair, by: &chance)
      var child = pair.first.withRows(rows, of: program, move: "crossed", step: step)
      if let text = texts[index] {
        child = child.with(instruction: text.text, pair.stage, move: text.move, step: step)
      }
      child = Candidate(
        prompts: child.prompts,
        lineage: Lineage(
          parents: [pair.first.id, pair.second.id], move: child.lineage.move, step: step))
      shown[child.id] = rows
      made.append(child)
    }
    let known = Set(population.map(\.id))
    return unique(made).filter { !known.contains($0.id) && state.candidates[$0.id] == nil }
  }

  /// The seed's own work on rows it gets right, and right answers of the others.
  private func rows(
    of seed: Candidate, in session: any OptimizationSession
  ) async throws -> [RowDemonstrations] {
    guard capo.shots > 0, (try? session.task.program.checkPlacesForDemonstrations()) != nil else {
      return []
    }
    var chance = session.random("pool")
    let rows = Array(session.train.shuffled(by: &chance).prefix(capo.pool))
    let learnt = try await Teacher(seed).lessons(rows.count, from: rows, in: session)
    let known = Set(learnt.map(\.row))
    let labelled = LabelledRows(rows, of: session.task.program).rows
    return learnt + labelled.filter { !known.contains($0.row) }
  }

  /// The rows of both parents, as many as they show on average, one more or one less by chance.
  private func mutatedRows(
    of pair: Pair, by chance: inout SeededGenerator
  ) -> [RowDemonstrations] {
    let (a, b) = (shown[pair.first.id] ?? [], shown[pair.second.id] ?? [])
    var rows: [RowDemonstrations] = []
    for row in (a + b).shuffled(by: &chance) where !rows.contains(where: { $0.row == row.row }) {
      rows.append(row)
    }
    rows = Array(rows.prefix((a.count + b.count) / 2))
    let draw = chance.nextUnit()
    if draw < 1.0 / 3, rows.count < capo.shots {
      let free = pool.filter { row in !rows.contains { $0.row == row.row } }
      if let row = free.drawn(by: &chance) { rows.append(row) }
    } else if draw >= 1.0 / 3, draw < 2.0 / 3, !rows.isEmpty {
      rows.remove(at: chance.nextIndex(below: rows.count))
    }
    return rows.shuffled(by: &chance)
  }

  private func unique(_ candidates: [Candidate]) -> [Candidate] {
    var seen: Set<String> = []
    return candidates.filter { seen.insert($0.id).inserted }
  }
}

extension Candidate {
  /// A child that shows rows.
  fileprivate func withRows(
    _ rows: [RowDemonstrations], of program: Program, move: String, step: Int
  ) -> Candidate {
    child(showing: rows, of: program, move: "\(move), \(rows.count) rows", step: step)
  }

  /// The same candidate with another instruction, still a child of its parents.
  fileprivate func with(
    instruction: String, _ stage: Stage, move: String, step: Int
  ) -> Candidate {
    var prompts = prompts
    prompts[stage.name]?.instruction = instruction
    return Candidate(
      prompts: prompts,
      lineage: Lineage(
        parents: lineage.parents, move: "\(move); \(lineage.move)", step: step))
  }
}
