// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The instructions, sets of demonstrations and formats a program can be put together from, with a
/// sampler over them; choice 0 of each is what the program came with.
struct CombinationTable: Sendable {
  private let seed: Candidate
  private let stages: [Stage]
  private let sets: [[RowDemonstrations]]
  private let instructions: [String: [String]]
  private let formats: [FormatChoice]
  private var sampler: TPESampler
  private var points: [String: [Int]] = [:]
  /// The sums of minibatch scores by candidate, with how many there are.
  private var means: [String: (sum: Double, count: Int)] = [:]
  private var order: [Candidate] = []
  private var told: Set<String> = []

  init(
    seed: Candidate, program: Program, sets: [[RowDemonstrations]], instructions: [String: [String]]
  ) {
    self.seed = seed
    stages = program.askedStages
    self.sets = sets
    self.instructions = instructions
    var dimensions: [SearchSpace.Dimension] = []
    for stage in program.askedStages {
      let texts = instructions[stage.name]?.count ?? 0
      dimensions += [.categorical(1 + texts), .categorical(1 + sets.count)]
    }
    formats = program.formatChoices
    dimensions += formats.map { .categorical($0.formats.count) }
    sampler = TPESampler(SearchSpace(dimensions))
    points[seed.id] = [Int](repeating: 0, count: dimensions.count)
  }

  /// The combination to try next.
  mutating func next(_ round: Int, in session: any OptimizationSession) -> Candidate {
    var chance = session.random("trial \(round)")
    return suggested(round, by: &chance).candidate
  }

  /// The next combination that was not scored on all of dev; nil when there is none left.
  ///
  /// Each scored one that the sampler comes upon is told to it once more, as if it had been tried again.
  /// Where it finds no other, one that is left is drawn.
  mutating func nextNew(
    _ round: Int, known state: RoundState, in session: any OptimizationSession
  ) -> Candidate? {
    var chance = session.random("trial \(round)")
    for _ in 0..<Self.attempts {
      let (candidate, point) = suggested(round, by: &chance)
      guard let evaluation = state.evaluation(of: candidate.id) else { return candidate }
      if let score = evaluation.score { sampler.tell(point, value: score) }
    }
    for point in sampler.space.points(most: Self.mostEnumerated, by: &chance) {
      let candidate = candidate(at: point, step: round)
      guard state.evaluation(of: candidate.id) == nil else { continue }
      points[candidate.id] = points[candidate.id] ?? point
      return candidate
    }
    return nil
  }

  /// Whether all combinations were scored on all of dev; false where there are too many to look.
  func isExhausted(by state: RoundState) -> Bool {
    let scored = Set(state.evaluations.map(\.candidate))
    guard sampler.space.count <= min(Self.mostEnumerated, 4 * scored.count) else { return false }
    return sampler.space.allPoints.allSatisfy { scored.contains(candidate(at: $0, step: 0).id) }
  }

  /// How often the sampler is asked for a combination that is new.
  private static let attempts = 10
  /// The most combinations that are gone through one by one.
  private static let mostEnumerated = 4096

  private mutating func suggested(
    _ round: Int, by chance: inout SeededGenerator
  ) -> (candidate: Candidate, point: [Int]) {
    let point = sampler.suggest(by: &chance)
    let candidate = candidate(at: point, step: round)
    points[candidate.id] = points[candidate.id] ?? point
    return (candidate, point)
  }

  private func candidate(at point: [Int], step: Int) -> Candidate {
    var prompts = seed.prompts
    var words: [String] = []
    for (index, stage) in stages.enumerated() {
      let (text, set) = (point[2 * index], point[2 * index + 1])
      if text > 0, let instruction = instructions[stage.name]?[text - 1] {
        prompts[stage.name]?.instruction = instruction
      }
      if set > 0 {
        prompts[stage.name]?.nearest = nil
        prompts[stage.name]?.demonstrations = sets[set - 1].demonstrations(
          of: stage.name, own: seed.prompts[stage.name]?.demonstrations ?? [])
      }
      words.append("\(stage.name) instruction \(text) set \(set)")
    }
    for (choice, number) in zip(formats, point.dropFirst(2 * stages.count)) where number > 0 {
      prompts[choice.stage]?.format = choice.formats[number]
      words.append("\(choice.stage) format \(choice.formats[number].rawValue)")
    }
    return Candidate(
      prompts: prompts,
      lineage: Lineage(
        parents: [seed.id], move: "combination: " + words.joined(separator: ", "), step: step))
  }

  /// Tells the sampler of a minibatch.
  mutating func take(_ evaluation: Evaluation, of candidate: Candidate) {
    guard let score = evaluation.score, let point = points[candidate.id],
      evaluation.coverage >= SelectedCandidate.leastCoverage
    else { return }
    if means[candidate.id] == nil { order.append(candidate) }
    let before = means[candidate.id] ?? (0, 0)
    means[candidate.id] = (before.sum + score, before.count + 1)
    sampler.tell(point, value: score)
  }

  /// Tells the sampler of full evaluations since the last time.
  mutating func learn(from state: RoundState) {
    for evaluation in state.evaluations where told.insert(evaluation.candidate).inserted {
      guard let point = points[evaluation.candidate], let score = evaluation.score else { continue }
      sampler.tell(point, value: score)
    }
  }

  /// The combination with the best mean of minibatches that was not scored on all of dev; the older of
  /// equals.
  func bestNotComplete(in state: RoundState) -> Candidate? {
    var best: (candidate: Candidate, mean: Double)?
    for candidate in order where state.evaluation(of: candidate.id) == nil {
      guard let (sum, count) = means[candidate.id] else { continue }
      let mean = sum / Double(count)
      if mean > best?.mean ?? -.infinity { best = (candidate, mean) }
    }
    return best?.candidate
  }
}
