// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Scores candidates block by block and drops those that enough others are significantly better than.
///
/// After each block every pair is compared over all rows seen, by a paired one-sided t-test of scores
/// less a penalty for length. A candidate that as many others beat as are kept leaves the race. Zehle,
/// Schlager, Heiß and Feurer, "CAPO: Cost-Aware Prompt Optimization", arXiv:2504.16005, section 3.
///
/// Cost in model calls: at most `blocks × block` rows a candidate, times the calls an example takes; a
/// pair of candidate and row that was evaluated before is free.
///
/// Differences from the published code, whose list of blocks no longer fits after the first candidate
/// has left: all that stay see the same rows; the order at the end is by the penalised mean too.
public struct BlockRace: CandidateSelection {
  /// Rows of a block.
  public var block: Int
  /// Blocks at most.
  public var blocks: Int
  /// The chance of error of one test.
  public var alpha: Double
  /// What the longest starting prompt loses by its length.
  public var penalty: Double
  /// The length that loses ``penalty``, in bytes of text; 0 for the longest of those compared.
  public var longest: Int

  /// Creates a race with the paper's settings.
  public init(
    block: Int = 30, blocks: Int = 10, alpha: Double = 0.2, penalty: Double = 0.05,
    longest: Int = 0
  ) {
    self.block = block
    self.blocks = blocks
    self.alpha = alpha
    self.penalty = penalty
    self.longest = longest
  }

  /// All rows of all blocks for each.
  public func mostCalls(candidates: Int, facts: TaskFacts) -> Int {
    candidates * min(facts.dev, block * blocks) * facts.callsPerExample
  }

  /// Races and ranks; those that left come last, the last to leave first.
  public func select(
    _ candidates: [Candidate], keeping count: Int, step: Int, in session: any OptimizationSession
  ) async throws -> [SelectedCandidate] {
    var staying = candidates
    var seen: [String: [ExampleResult]] = [:]
    var gone: [Candidate] = []
    let longest = self.longest > 0 ? self.longest : candidates.map(\.textLength).max() ?? 1
    for index in 0..<max(1, blocks) {
      let rows = Array(session.dev.dropFirst(index * block).prefix(block))
      guard !rows.isEmpty, index == 0 || staying.count > count else { break }
      let found = try await session.evaluate(
        staying.map { EvaluationRequest($0, on: rows) })
      for evaluation in found { seen[evaluation.candidate, default: []] += evaluation.results }
      let left = beaten(of: staying, by: count, seen, longest)
      let ids = Set(left.map(\.id))
      staying.removeAll { ids.contains($0.id) }
      gone = left + gone
    }
    let dev = session.dev
    let ranked = (staying + gone).map { candidate in
      let results = seen[candidate.id] ?? []
      let evaluation = Evaluation(
        candidate: candidate.id, results: results, examples: dev, metric: session.task.metric,
        kind: session.task.answer.kind)
      return SelectedCandidate(candidate, evaluation, dev: dev.count)
    }
    for selected in ranked {
      try await session.record(
        .evaluated(
          candidate: selected.candidate.id, split: .dev, score: selected.score,
          examples: selected.examples, step: step))
    }
    let first = Array(ranked.prefix(staying.count)).sortedByScore { entry in
      (entry.score ?? -.infinity) - loss(entry.candidate, longest)
    }
    return first + ranked.dropFirst(staying.count)
  }

  /// Those that at least so many others are significantly better than.
  private func beaten(
    of staying: [Candidate], by count: Int, _ seen: [String: [ExampleResult]], _ longest: Int
  ) -> [Candidate] {
    staying.filter { candidate in
      var winners = 0
      for other in staying where other.id != candidate.id {
        if isBetter(other, candidate, seen, longest) { winners += 1 }
      }
      return winners >= count
    }
  }

  private func isBetter(
    _ one: Candidate, _ other: Candidate, _ seen: [String: [ExampleResult]], _ longest: Int
  ) -> Bool {
    let lead = loss(other, longest) - loss(one, longest)
    let pairs = zip(seen[one.id] ?? [], seen[other.id] ?? [])
    let differences = pairs.compactMap { first, second -> Double? in
      guard let a = first.outcome.value, let b = second.outcome.value else { return nil }
      return a - b + lead
    }
    return StudentT.pValue(ofMeanAboveZero: differences) < alpha
  }

  private func loss(_ candidate: Candidate, _ longest: Int) -> Double {
    penalty * Double(candidate.textLength) / Double(max(1, longest))
  }
}

extension Candidate {
  /// The bytes of all instructions and demonstrations.
  var textLength: Int {
    prompts.values.reduce(0) { sum, prompt in
      prompt.demonstrations.reduce(sum + prompt.instruction.utf8.count) { sum, item in
        item.fields.values.reduce(sum + item.answer.utf8.count) { $0 + $1.utf8.count }
      }
    }
  }
}

extension Array {
  /// The highest value first; a tie keeps the order.
  fileprivate func sortedByScore(_ score: (Element) -> Double) -> [Element] {
    let values = map(score)
    let order = indices.sorted { first, second in
      values[first] == values[second] ? first < second : values[first] > values[second]
    }
    return order.map { self[$0] }
  }
}
