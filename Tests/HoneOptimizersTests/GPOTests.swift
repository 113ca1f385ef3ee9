// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneOptimizers
import Testing

struct GPOTests {
  /// Each of these words in an instruction is worth 0.15.
  private static let helpful = ["sentiment", "review", "overall", "is"]

  @Sendable private static func hill(_ instruction: String) -> Double? {
    let text = instruction.lowercased()
    return 0.3 + 0.15 * Double(helpful.count { text.contains($0) })
  }

  private static let phrasebook = ProposerChoice.always(PhrasebookProposer(pool: 120))

  @Test("The phrasebook climbs a hill from any run's seed", arguments: 1...5)
  func climbs(seed: Int) async throws {
    let session = LandscapeSession(
      task: try task(seed: UInt64(seed)), dev: examples(100), score: Self.hill)
    let result = try await GPO(proposer: Self.phrasebook).optimize(in: session)
    #expect(result.seedDevScore == 0.3)
    #expect(try #require(result.devScore) >= 0.74)
  }

  @Test("The same seed gives the same events and result")
  func deterministic() async throws {
    let first = LandscapeSession(task: try task(), score: Self.hill)
    let second = LandscapeSession(task: try task(), score: Self.hill)
    let gpo = GPO(proposer: Self.phrasebook, epochs: 1)
    #expect(try await gpo.optimize(in: first) == gpo.optimize(in: second))
    #expect(first.events == second.events)
  }

  @Test("A step shows the trajectory, the step size and the examples to the optimizer model")
  func request() async throws {
    let session = LandscapeSession(
      task: try task(), vector: { _ in [1] },
      write: { reply("<new_prompt>Sentiment \($0.sampleIndex) of \($0.seed):</new_prompt>") },
      score: Self.hill)
    let gpo = GPO(proposer: .always(MetaPromptProposer()), plateau: PlateauRule(patience: nil))
    let result = try await gpo.optimize(in: session)
    #expect(result.end == .finished)
    #expect(session.requests.count == 18 * 8)
    #expect(session.requests.prefix(8).map(\.sampleIndex) == Array(0..<8))
    #expect(Set(session.requests.prefix(8).map(\.input)).count == 1)
    let third = try #require(session.requests.dropFirst(16).first?.input)
    guard case .chat(let messages) = third, let text = messages.first?.content else {
      Issue.record("a chat model is given messages")
      return
    }
    #expect(text.contains("Change at most 47 words"))
    #expect(text.components(separatedBy: "\nScore: ").count == 4)
    #expect(text.components(separatedBy: "Expected answer: ").count == 4)
  }

  @Test("The steps announce the sizes of the schedule")
  func schedule() async throws {
    let session = LandscapeSession(task: try task(), score: { _ in 0.5 })
    _ = try await GPO(proposer: Self.phrasebook, plateau: PlateauRule(patience: nil))
      .optimize(in: session)
    let sizes = session.events.compactMap { event -> Int? in
      guard case .stepStarted(_, _, let size) = event else { return nil }
      return size
    }
    #expect(sizes.prefix(4) == [49, 48, 47, 45])
    #expect(sizes.count == 18)
    #expect(sizes.last == 10)
  }

  @Test("Nonsense is turned down with its reason and the search ends after three empty steps")
  func nonsense() async throws {
    let session = LandscapeSession(
      task: try task(), vector: { _ in [1] },
      write: { $0.sampleIndex == 0 ? .failure(ModelError(.unavailable, "gone")) : reply("...") },
      score: Self.hill)
    let result = try await GPO(proposer: .always(MetaPromptProposer())).optimize(in: session)
    #expect(result.end == .noProposals(steps: 3))
    #expect(result.best.lineage == .seed)
    let reasons = session.events.compactMap { event -> RejectionReason? in
      guard case .rejected(_, let reason, _, _) = event else { return nil }
      return reason
    }
    #expect(reasons.count == 24)
    #expect(Set(reasons) == [.empty, .modelFailed("gone")])
  }

  @Test("A budget is planned for in whole steps that see the whole schedule, and kept")
  func budget() async throws {
    // The seed takes 20, a step 8 × 20 and one vector.
    let task = try task(calls: 21 + 3 * 161)
    let session = LandscapeSession(task: task, score: { _ in 0.5 })
    let result = try await GPO(proposer: Self.phrasebook).optimize(in: session)
    #expect(result.end == .finished)
    #expect(session.calls == 20 + 3 * 160)
    #expect(session.events.first == .started(steps: 3))
    #expect(session.events.contains(.stepStarted(step: 3, of: 3, stepSize: 10)))
  }

  @Test("Calls that the planned steps leave over pay for more steps of the last size")
  func leftOver() async throws {
    // At worst a step takes 8 × 20 for rows, 8 proposals and one vector; half of the proposals fail.
    let task = try task(calls: 21 + 3 * 169)
    let session = LandscapeSession(
      task: task, vector: { _ in [1] },
      write: {
        $0.sampleIndex < 4
          ? .failure(ModelError(.unavailable, "gone"))
          : reply("<new_prompt>Sentiment \($0.sampleIndex) of \($0.seed):</new_prompt>")
      },
      score: { _ in 0.5 })
    let gpo = GPO(proposer: .always(MetaPromptProposer()), plateau: PlateauRule(patience: nil))
    let result = try await gpo.optimize(in: session)
    #expect(result.end == .finished)
    #expect(session.events.first == .started(steps: 3))
    let sizes = session.events.compactMap { event -> Int? in
      guard case .stepStarted(_, _, let size) = event else { return nil }
      return size
    }
    #expect(sizes == [40, 20, 10, 10])
    #expect(session.calls == 20 + 4 * 89)
  }

  @Test("The plan counts calibration calls, final turns, judges and stages")
  func plan() {
    let search = GPO(proposer: Self.phrasebook, epochs: 9).search
    let facts = TaskFacts(train: 80, dev: 10, callsPerExample: 2)
    // The seed takes 20, a step 8 × 20 and one vector.
    #expect(search.plannedSteps(for: facts, calls: 21 + 4 * 161) == 4)
    #expect(search.plannedSteps(for: facts, calls: 20 + 4 * 161) == 3)
    #expect(search.plannedSteps(for: facts, calls: 22 + 4 * 169, callsPerPrompt: 1) == 4)
    #expect(search.plannedSteps(for: facts, calls: 3) == 1)
    #expect(search.plannedSteps(for: facts, calls: nil) == 90)
  }

  @Test("Without budget for a step the best so far is returned", arguments: [5, 20, 100])
  func exhausted(calls: Int) async throws {
    let session = LandscapeSession(task: try task(calls: calls), score: Self.hill)
    let result = try await GPO(proposer: Self.phrasebook).optimize(in: session)
    #expect(result.best.lineage == .seed)
    #expect(result.devScore == (calls < 20 ? nil : 0.3))
    guard case .budget(let limit) = result.end else {
      Issue.record("the end is \(result.end)")
      return
    }
    #expect(limit.limit == .calls)
  }

  @Test("A seed that cannot be scored is an error that says why")
  func unscoredSeed() async throws {
    let session = LandscapeSession(task: try task(), score: { _ in nil })
    let error = await #expect(throws: SeedNotScored.self) {
      try await GPO(proposer: Self.phrasebook).optimize(in: session)
    }
    #expect(error?.description.contains("none of 20 dev examples") == true)
    #expect(error?.description.contains("the line is dead") == true)
  }

  @Test("A candidate that failed everywhere is no winner and the search goes on")
  func failedCandidate() async throws {
    let session = LandscapeSession(
      task: try task(), score: { $0.contains("think") || $0.contains(":") ? 0.5 : nil })
    let result = try await GPO(proposer: Self.phrasebook, epochs: 1).optimize(in: session)
    #expect(result.end == .finished)
    #expect(result.best.lineage == .seed)
  }

  @Test("When every dev row is right there is nothing left to do")
  func perfect() async throws {
    let session = LandscapeSession(task: try task(), score: { _ in 1 })
    let result = try await GPO(proposer: Self.phrasebook).optimize(in: session)
    #expect(result.end == .perfect)
    #expect(session.calls == 20)
  }

  @Test(
    "A step that was too large is recorded, or turned down by choice", arguments: [false, true])
  func largeSteps(rejects: Bool) async throws {
    let long = (0..<70).map { "w\($0)" }.joined(separator: " ")
    let session = LandscapeSession(
      task: try task(), vector: { _ in [1] }, write: { _ in reply(long) }, score: { _ in 0.4 })
    _ = try await GPO(
      proposer: .always(MetaPromptProposer()), candidates: 1, epochs: 1, rejectsLargeSteps: rejects
    ).optimize(in: session)
    let isRejected = session.events.contains { event in
      guard case .rejected(_, .stepTooLarge(words: 70, limit: 47), _, 1) = event else {
        return false
      }
      return true
    }
    let isNoted = session.events.contains { event in
      guard case .note(let text) = event else { return false }
      return text.hasPrefix("A proposal changes 70 words and the step size is 47")
    }
    #expect(isRejected == rejects)
    #expect(isNoted == !rejects)
  }

  @Test(
    "Steps an epoch and the cost follow the paper's counts",
    arguments: [(48, 6), (20, 3), (100, 13), (50, 6), (3, 1), (0, 1), (4, 1), (12, 2)])
  func steps(train: Int, steps: Int) {
    let search = GPO().search
    #expect(search.stepsPerEpoch(train: train) == steps)
    let cost = GPO(proposer: .always(MetaPromptProposer())).cost(
      of: TaskFacts(train: train, dev: 10, callsPerExample: 2))
    #expect(cost.minimum == 20 + 8 * 21 + 1)
    #expect(cost.maximum == 20 + 1 + 3 * steps * (8 * 21 + 1))
  }
}
