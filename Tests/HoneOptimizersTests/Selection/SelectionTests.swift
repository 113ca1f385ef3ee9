// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct SelectionTests {
  private static let rules: [BanditRule] = [
    .ucb(1), .ucbE(1), .successiveRejects, .successiveHalving,
  ]

  /// "right 7 of 10" is right on seven of ten rows.
  @Sendable private static func score(_ instruction: String, _ row: Example) -> Double? {
    let skill = instruction.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    guard let skill else { return nil }
    return Int(StableHash.of(row.id + instruction) % 10) < skill ? 1 : 0
  }

  private static func candidates(_ skills: [Int], task: PromptTask) -> [Candidate] {
    skills.enumerated().map { index, skill in
      Candidate(seedOf: task.program).child(
        instruction: "right \(skill) of 10, number \(index)", move: "test", step: 1)
    }
  }

  @Test("A bandit finds the best prompts at its budget", arguments: rules)
  func finds(rule: BanditRule) async throws {
    let session = RowSession(task: try task(), dev: examples(100), score: Self.score)
    let candidates = Self.candidates([1, 2, 9, 3, 2, 1, 8, 2, 1, 3, 2, 1], task: session.task)
    let selection = BanditSelection(rule, evaluations: 300, block: 5)
    let found = try await selection.select(candidates, keeping: 2, step: 1, in: session)
    #expect(Set(found.prefix(2).map(\.candidate.id)) == [candidates[2].id, candidates[6].id])
    #expect(Set(found.map(\.candidate.id)) == Set(candidates.map(\.id)))
    let facts = TaskFacts(train: 0, dev: 100)
    #expect(selection.mostCalls(candidates: 12, facts: facts) == 300)
    #expect(session.calls <= 300 && session.calls > 200)
    #expect(found.allSatisfy { $0.examples >= 1 && $0.score != nil })
    let told = session.events.compactMap { event -> Int? in
      guard case .evaluated(_, .dev, _, let examples, step: 1) = event else { return nil }
      return examples
    }
    #expect(told.reduce(0, +) == session.calls)
  }

  @Test(
    "Prompts that are pulled alike in a round see the same rows, and none sees a row twice",
    arguments: rules, RowSchedule.allCases)
  func paired(rule: BanditRule, schedule: RowSchedule) async throws {
    let session = RowSession(task: try task(), dev: examples(30), score: Self.score)
    let candidates = Self.candidates([1, 2, 9, 3, 2, 1, 8, 2], task: session.task)
    _ = try await BanditSelection(rule, evaluations: 120, block: 5, schedule: schedule)
      .select(candidates, keeping: 1, step: 1, in: session)
    var seen: [String: [String]] = [:]
    for batch in session.batches {
      // Those with the same history and the same number of rows are compared on the same rows.
      let alike = Dictionary(grouping: batch) { request in
        "\(seen[request.candidate.id, default: []]) \(request.examples.count)"
      }
      for group in alike.values { #expect(Set(group.map { $0.examples.map(\.id) }).count == 1) }
      for request in batch { seen[request.candidate.id, default: []] += request.examples.map(\.id) }
    }
    for rows in seen.values { #expect(Set(rows).count == rows.count) }
  }

  @Test("Minibatches go on to other rows, blocks to the next of each prompt")
  func schedules() async throws {
    func rowsSeen(_ schedule: RowSchedule) async throws -> Int {
      let session = RowSession(task: try task(), dev: examples(40), score: Self.score)
      let candidates = Self.candidates([5, 5, 5, 5], task: session.task)
      _ = try await BanditSelection(.ucb(1), evaluations: 40, block: 5, schedule: schedule)
        .select(candidates, keeping: 1, step: 1, in: session)
      return Set(session.batches.flatMap { $0.flatMap { $0.examples.map(\.id) } }).count
    }
    #expect(try await rowsSeen(.minibatches) == 25)
    #expect(try await rowsSeen(.blocks) < 25)
  }

  @Test("With evaluations for all of dev, all of dev is used", arguments: rules)
  func enough(rule: BanditRule) async throws {
    let session = RowSession(task: try task(), score: Self.score)
    let candidates = Self.candidates([1, 9, 5], task: session.task)
    let found = try await BanditSelection(rule, evaluations: 60)
      .select(candidates, keeping: 1, step: 1, in: session)
    #expect(found.allSatisfy { $0.isComplete && $0.examples == 20 })
    #expect(session.batches.count == 1)
  }

  @Test("A prompt whose calls fail is last and has no score", arguments: rules)
  func failed(rule: BanditRule) async throws {
    let session = RowSession(task: try task(), dev: examples(50), score: Self.score)
    var candidates = Self.candidates([0, 4], task: session.task)
    candidates.insert(
      Candidate(seedOf: session.task.program).child(instruction: "dead", move: "test", step: 1),
      at: 0)
    let found = try await BanditSelection(rule, evaluations: 60)
      .select(candidates, keeping: 1, step: 1, in: session)
    #expect(found.last?.candidate.instruction == "dead")
    #expect(found.last?.score == nil)
    #expect(found.first?.candidate.id == candidates[2].id)
  }

  @Test("The full evaluation ranks all on all of dev and a tie keeps the older")
  func full() async throws {
    let session = RowSession(task: try task()) { instruction, _ in
      instruction.contains("dead") ? nil : instruction.contains("good") ? 1 : 0.5
    }
    let seed = Candidate(seedOf: session.task.program)
    let candidates = ["one", "dead", "two", "good one", "good two"].map {
      seed.child(instruction: $0, move: "test", step: 1)
    }
    let found = try await FullEvaluation().select(candidates, keeping: 2, step: 3, in: session)
    #expect(
      found.map(\.candidate.instruction) == ["good one", "good two", "one", "two", "dead"])
    #expect(session.calls == 100)
    #expect(try await FullEvaluation().select([], keeping: 1, step: 4, in: session).isEmpty)
    #expect(session.batches.count == 1)
  }

  @Test("The default budget is a third of a full evaluation, and never less than one row each")
  func defaults() {
    let selection = BanditSelection(.ucb(1))
    #expect(selection.mostCalls(candidates: 9, facts: TaskFacts(train: 0, dev: 50)) == 150)
    let dear = TaskFacts(train: 0, dev: 50, callsPerExample: 2)
    #expect(selection.mostCalls(candidates: 9, facts: dear) == 300)
    #expect(selection.mostCalls(candidates: 9, facts: TaskFacts(train: 0, dev: 2)) == 9)
    #expect(
      BanditSelection(.ucb(1), evaluations: 3).mostCalls(
        candidates: 9, facts: TaskFacts(train: 0, dev: 50)) == 9)
  }
}
