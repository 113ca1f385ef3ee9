// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTraining

@Suite("Rewards")
struct RewardTests {
  private struct Fixed: Reward {
    var numbers: [Double]

    func rewards(of answers: [RewardedAnswer]) async throws -> [Double] { numbers }
  }

  private let answers = [
    RewardedAnswer(prompt: "p", rewrite: "q", answer: "the cat sat", reference: "the cat sat"),
    RewardedAnswer(prompt: "r", rewrite: "s", answer: "a dog", reference: "the cat sat"),
  ]

  @Test("A sum multiplies each reward with its weight")
  func sum() async throws {
    let sum = try WeightedReward([
      .init(name: "rouge-l", weight: 0.5, reward: MetricReward(.rougeL)),
      .init(name: "fixed", weight: 2, reward: Fixed(numbers: [3, -1])),
    ])
    #expect(try await sum.rewards(of: answers) == [0.5 + 6, -2])
  }

  @Test("Sums without parts, weights that cannot be, and numbers that are none are refused")
  func mistakes() async throws {
    #expect(throws: TrainingError.self) { try WeightedReward([]) }
    #expect(throws: TrainingError.self) {
      try WeightedReward([.init(name: "a", weight: 0, reward: Fixed(numbers: []))])
    }
    let broken = try WeightedReward([.init(name: "odd", reward: Fixed(numbers: [0, .nan]))])
    let error = await #expect(throws: TrainingError.self) {
      try await broken.rewards(of: answers)
    }
    #expect(error?.kind == .notFinite)
    #expect(
      error?.description.contains("odd") == true && error?.description.contains("“r”") == true)
    let short = try WeightedReward([.init(name: "short", reward: Fixed(numbers: [1]))])
    await #expect(throws: TrainingError.self) { try await short.rewards(of: answers) }
  }

  @Test("A metric that compares refuses an answer without a reference and names its prompt")
  func withoutReference() async throws {
    let bare = [RewardedAnswer(prompt: "what is rain", rewrite: "", answer: "water")]
    let error = await #expect(throws: TrainingError.self) {
      try await MetricReward(.rougeL).rewards(of: bare)
    }
    #expect(error?.description.contains("what is rain") == true)
    #expect(try await MetricReward(.length(maxWords: 2)).rewards(of: answers) == [0.5, 1])
  }

  @Test("A metric reads answers of a task's kind before it compares them")
  func readsKind() async throws {
    let rows = [
      RewardedAnswer(prompt: "2+2", rewrite: "2+2", answer: "That makes 4.", reference: "4"),
      RewardedAnswer(prompt: "2+2", rewrite: "2+2", answer: "no idea", reference: "4"),
    ]
    #expect(
      try await MetricReward(.accuracy, kind: .number(decimals: 0)).rewards(of: rows) == [1, 0])
  }

  @Test("A program reads one object a line and writes one number a line")
  func command() async throws {
    let reward = CommandReward(name: "score") { input in
      let lines = String(decoding: input, as: UTF8.self).split(separator: "\n")
      #expect(
        lines.first
          == #"{"answer":"the cat sat","prompt":"p","reference":"the cat sat","rewrite":"q"}"#)
      return lines.map { "\($0.count % 7)\n" }.joined() + "\n"
    }
    let rewards = try await reward.rewards(of: answers)
    #expect(rewards.count == 2)
    #expect(try await reward.rewards(of: []).isEmpty)
  }

  @Test(
    "What a program writes must be one number for each answer",
    arguments: [
      ("0.5", "wrote 1 numbers for 2"), ("1\n2\n3", "wrote 3 numbers for 2"),
      ("1\nhigh", "Line 2"), ("1\nnan", "Line 2"), ("1 2\n3", "Line 1"), ("", "wrote 0 numbers"),
    ])
  func commandMistakes(output: String, words: String) throws {
    let error = #expect(throws: TrainingError.self) {
      try CommandReward.numbers(in: output, count: 2, command: "score")
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }
}
