// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@testable import HoneOptimizers

struct RandomPhrasesTests {
  /// An instruction's score from its length, so that every prompt has its own.
  @Sendable private static func byLength(_ instruction: String) -> Double? {
    Double(instruction.count % 97) / 100
  }

  private func proposed(_ session: LandscapeSession) -> [Candidate] {
    session.events.compactMap {
      if case .proposed(let candidate, _) = $0 { candidate } else { nil }
    }
  }

  @Test("The best of the seed and the drawn prompts wins, and as many are drawn as asked for")
  func best() async throws {
    let session = LandscapeSession(task: try task(), score: Self.byLength)
    let result = try await RandomPhrases(prompts: 24, candidates: 5).optimize(in: session)
    let drawn = proposed(session)
    #expect(drawn.count == 25)
    #expect(Set(drawn.map(\.instruction)).count == 25)
    let scores = ([session.task.program.stages[0].prompt.instruction] + drawn.map(\.instruction))
      .compactMap(Self.byLength)
    #expect(result.devScore == scores.max())
    #expect(Self.byLength(result.best.instruction) == result.devScore)
    #expect(session.calls == 26 * session.dev.count)
  }

  @Test("What is drawn does not depend on what scored well")
  func unguided() async throws {
    let rising = LandscapeSession(task: try task(), score: Self.byLength)
    let falling = LandscapeSession(task: try task(), score: { 0.97 - (Self.byLength($0) ?? 0) })
    let baseline = RandomPhrases(prompts: 32)
    let first = try await baseline.optimize(in: rising)
    let second = try await baseline.optimize(in: falling)
    #expect(proposed(rising).map(\.instruction) == proposed(falling).map(\.instruction))
    #expect(first.best.instruction != second.best.instruction)
  }

  @Test("Another seed draws other prompts")
  func seeds() async throws {
    var drawn: [Set<String>] = []
    for seed: UInt64 in [1, 2] {
      let session = LandscapeSession(task: try task(seed: seed), score: Self.byLength)
      _ = try await RandomPhrases(prompts: 12).optimize(in: session)
      drawn.append(Set(proposed(session).map(\.instruction)))
    }
    #expect(drawn[0] != drawn[1])
  }

  @Test("No prompt has more words than allowed", arguments: [3, 12])
  func words(limit: Int) async throws {
    let session = LandscapeSession(task: try task(), score: Self.byLength)
    _ = try await RandomPhrases(prompts: 40, maxWords: limit).optimize(in: session)
    let drawn = proposed(session)
    #expect(!drawn.isEmpty)
    #expect(drawn.allSatisfy { WordEditDistance.words(of: $0.instruction).count <= limit })
  }

  @Test("The number of prompts does not depend on the training rows, and a budget cuts it")
  func budget() async throws {
    for train in [1, 48, 500] {
      let facts = TaskFacts(train: train, dev: 20)
      #expect(RandomPhrases(prompts: 12, candidates: 4).search.steps(train: train) == 3)
      #expect(RandomPhrases(prompts: 12, candidates: 4).cost(of: facts).minimum == 20 + 80)
    }
    let session = LandscapeSession(task: try task(calls: 21 + 2 * 80), score: Self.byLength)
    _ = try await RandomPhrases(prompts: 400, candidates: 4).optimize(in: session)
    #expect(proposed(session).count == 8)
  }
}
