// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTraining

/// A model that answers by a rule.
private struct RuleModel: LanguageModel {
  let identity = ModelIdentity(name: "rule", digest: "rule")
  let rule: @Sendable (String) -> String

  func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    BatchStream { continuation in
      for (index, request) in requests.enumerated() {
        var text = ""
        if case .chat(let messages) = request.input { text = messages.last?.content ?? "" }
        let generation = Generation(text: rule(text), finish: .endOfTurn, usage: Usage())
        continuation.yield(BatchElement(index: index, result: .success(generation)))
      }
      continuation.finish()
    }
  }
}

/// A model whose draws differ by a rule.
private struct DrawModel: LanguageModel {
  let identity = ModelIdentity(name: "draws", digest: "draws")
  let rule: @Sendable (String, Int) -> String

  func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    BatchStream { continuation in
      for (index, request) in requests.enumerated() {
        var text = ""
        if case .chat(let messages) = request.input { text = messages.last?.content ?? "" }
        let generation = Generation(
          text: rule(text, request.sampleIndex), finish: .endOfTurn, usage: Usage())
        continuation.yield(BatchElement(index: index, result: .success(generation)))
      }
      continuation.finish()
    }
  }
}

@Suite("Evaluating prompters")
struct EvaluationTests {
  private let pairs = [
    AnswerComparison.Pair(prompt: "p", plain: "short", rewritten: "a good answer"),
    AnswerComparison.Pair(prompt: "q", plain: "a good answer", rewritten: "short"),
  ]

  @Test("A judge that knows the better answer decides whatever the order")
  func goodJudge() async throws {
    let judge = RuleModel { text in
      guard let a = text.range(of: "=== Answer A ===\n"), let b = text.range(of: "=== Answer B ===")
      else { return "" }
      return text[a.upperBound..<b.lowerBound].contains("good") ? "A" : "The answer is B."
    }
    let found = try await AnswerComparison(judge: judge).preferences(pairs)
    #expect(found == [1, 0])
  }

  @Test("A judge that always favours a position decides nothing")
  func biasedJudge() async throws {
    let found = try await AnswerComparison(judge: RuleModel { _ in "A" }).preferences(pairs)
    #expect(found == [0.5, 0.5])
  }

  @Test("A judgement without a letter does not count")
  func unread() async throws {
    let judge = RuleModel { _ in "Apples, both." }
    #expect(try await AnswerComparison(judge: judge).preferences(pairs) == [nil, nil])
    let rows = [
      PrompterEvaluation.Row(
        prompt: "p", rewrite: "r", plainAnswer: "x", rewrittenAnswer: "y")
    ]
    await #expect(throws: TrainingError.self) {
      try await PrompterEvaluation(rows: rows).preferences(by: judge)
    }
  }

  @Test("A preference that length explains is gone at equal lengths, another stays")
  func lengthControl() throws {
    // Longer answers win, whoever wrote them; the rewritten side is longer more often.
    let byLength = (0..<200).map { $0 % 4 == 0 ? -10.0 : 10.0 }
    let rate = try #require(
      LengthControl.winRate(
        preferences: byLength.map { $0 > 0 ? 0.9 : 0.1 }, differences: byLength))
    #expect(abs(rate - 0.5) < 0.02)
    let honest = try #require(
      LengthControl.winRate(
        preferences: byLength.map { _ in 0.8 }, differences: byLength))
    #expect(abs(honest - 0.8) < 0.02)
    #expect(LengthControl.winRate(preferences: [], differences: []) == nil)
  }

  @Test("Rewrites are answered beside the prompts, and scored against references")
  func scores() async throws {
    let writer = RuleModel { "better: " + $0 }
    let target = RuleModel { $0.hasPrefix("better") ? "the cat sat on the mat" : "no idea at all" }
    let evaluation = try await PrompterEvaluation(
      ["one", "two", "three"], prompter: Prompter(model: writer, chat: PrompterChat()),
      answering: target, maxTokens: 16)
    #expect(evaluation.rows.map(\.rewrite) == ["better: one", "better: two", "better: three"])
    let scores = try await evaluation.scores(
      by: MetricReward(.rougeL), references: Array(repeating: "the cat sat on a mat", count: 3))
    #expect(scores.plain.mean == 0)
    #expect(abs(scores.rewritten.mean - 5.0 / 6) < 1e-9)
    #expect(scores.difference.mean == scores.rewritten.mean)
  }

  @Test("Several rewrites of a prompt count as their mean, beside the prompt or another prompter's")
  func drawn() async throws {
    // The second of two draws is the good one, and "two" has no good answer at all.
    let writer = DrawModel { text, sample in sample == 1 ? "better: " + text : text }
    let target = RuleModel { $0 == "better: one" ? "a b c" : "no idea" }
    func scores(against other: Prompter?) async throws -> PrompterEvaluation.Scores {
      let evaluation = try await PrompterEvaluation(
        ["one", "two"], prompter: Prompter(model: writer, chat: PrompterChat()), against: other,
        answering: target,
        drawing: PrompterEvaluation.Drawing(
          samples: 2, sampling: RewriteSampling(temperature: 1)),
        maxTokens: 16)
      #expect(evaluation.rows.map(\.prompt) == ["one", "one", "two", "two"])
      #expect(evaluation.rows.map(\.rewrite) == ["one", "better: one", "two", "better: two"])
      return try await evaluation.scores(by: MetricReward(.rougeL), references: ["a b c", "a b c"])
    }
    let beside = try await scores(against: nil)
    #expect(beside.plain.mean == 0)
    #expect(beside.rewritten.mean == 0.25)
    #expect(beside.winRate.mean == (0.75 + 0.5) / 2)
    let good = Prompter(model: RuleModel { "better: " + $0 }, chat: PrompterChat())
    let against = try await scores(against: good)
    #expect(against.plain.mean == 0.5)
    #expect(against.difference.mean == -0.25)
    #expect(against.winRate.mean == (0.25 + 0.5) / 2)
  }

  @Test("The win rate by a reward counts higher scores whole and equal ones half")
  func winRate() async throws {
    let rows = [("a b", "a b c"), ("a b c", "a b"), ("x", "y"), ("x", "a")].map {
      PrompterEvaluation.Row(
        prompt: "p", rewrite: "r", plainAnswer: $0.0, rewrittenAnswer: $0.1)
    }
    let scores = try await PrompterEvaluation(rows: rows).scores(
      by: MetricReward(.rougeL), references: Array(repeating: "a b c", count: 4))
    #expect(scores.winRate.mean == 2.5 / 4)
    #expect(scores.winRate.lower < scores.winRate.mean)
  }

  @Test("A rewrite that comes out empty is the prompt itself")
  func emptyRewrite() async throws {
    let prompter = Prompter(model: RuleModel { _ in " \n" }, chat: PrompterChat())
    #expect(try await prompter.rewrites(of: ["hi"], samples: 2) == [["hi", "hi"]])
  }
}
