// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A small optimizer for tests of everything around optimizers: it asks the optimizer model for
/// variants of the best prompt, draws which train rows to try them on, and keeps what is better.
///
/// Each step costs `proposals` optimizer calls and, for each new prompt, 4 train rows and all of dev.
public struct WordSearch: Optimizer {
  /// The name in the catalog.
  public let name = "word-search"
  /// The steps to take.
  public var steps: Int
  /// Proposals a step.
  public var proposals: Int

  /// Creates the optimizer.
  public init(steps: Int = 4, proposals: Int = 3) {
    self.steps = steps
    self.proposals = proposals
  }

  /// The seed on dev and one step; the seed on dev and all steps.
  public func cost(of facts: TaskFacts) -> SearchCost {
    let seed = facts.dev * facts.callsPerExample
    let step = proposals * (1 + (min(4, facts.train) + facts.dev) * facts.callsPerExample)
    return SearchCost(minimum: seed + step, maximum: seed + steps * step)
  }

  /// Climbs from the seed; ends early without budget.
  public func optimize(in session: any OptimizationSession) async throws -> SearchResult {
    var random = session.random("word-search")
    let seed = Candidate(seedOf: session.task.program)
    try await session.record(.started(steps: steps))
    var result = SearchResult(best: seed, devScore: nil, seedDevScore: nil, end: .finished)
    do {
      let score = try await session.evaluate([EvaluationRequest(seed, on: session.dev)]).first?
        .score
      result.devScore = score
      result.seedDevScore = score
      try await session.record(
        .evaluated(
          candidate: seed.id, split: .dev, score: score, examples: session.dev.count, step: 0))
      for step in 1...max(1, steps) {
        try await take(step, &result, &random, session)
      }
    } catch let error as BudgetExhausted {
      result.end = .budget(error)
    }
    return result
  }

  private func take(
    _ step: Int, _ result: inout SearchResult, _ random: inout SeededGenerator,
    _ session: any OptimizationSession
  ) async throws {
    try await session.record(.stepStarted(step: step, of: steps, stepSize: nil))
    let current = result.best
    let requests = (0..<proposals).map { index in
      GenerationRequest(
        input: .text("Improve this prompt:\n\(current.instruction)"), maxTokens: 40,
        temperature: 1, seed: random.next(), sampleIndex: index)
    }
    var children: [Candidate] = []
    for case .success(let reply) in try await session.generate(requests, as: .optimizer) {
      let child = current.child(instruction: reply.text, move: "rewrite", step: step)
      guard !children.contains(where: { $0.id == child.id }) else {
        try await session.record(
          .rejected(text: reply.text, reason: .duplicate, move: "rewrite", step: step))
        continue
      }
      children.append(child)
      try await session.record(.proposed(child, step: step))
    }
    let sample = Array(session.train.shuffled(by: &random).prefix(4))
    _ = try await session.evaluate(children.map { EvaluationRequest($0, on: sample) })
    let evaluations = try await session.evaluate(
      children.map { EvaluationRequest($0, on: session.dev) })
    for (child, evaluation) in zip(children, evaluations) {
      try await session.record(
        .evaluated(
          candidate: child.id, split: .dev, score: evaluation.score,
          examples: session.dev.count, step: step))
      if let score = evaluation.score, score > result.devScore ?? -1 {
        result.best = child
        result.devScore = score
      }
    }
    try await session.record(
      .stepFinished(
        step: step, of: steps, current: current.id, best: result.best.id,
        bestScore: result.devScore))
  }
}
