// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTraining

@Suite("Pairs from a run")
struct RunPairsTests {
  private func record(_ scored: [(String, Double?)]) throws -> RunRecord {
    let template = try SlotTemplate("{text}")
    let candidates = scored.map { text, _ in
      Candidate(
        prompts: ["main": Prompt(instruction: text, question: template)], lineage: .seed)
    }
    let task = PromptTask(
      name: "t", description: "", inputFields: ["text"], answer: AnswerFormat(kind: .freeText),
      metric: .rougeL,
      program: Program(
        prompt: Prompt(instruction: "seed", question: template), inputs: ["text"]))
    return RunRecord(
      id: "r", task: task, version: "1", models: [:], started: Date(timeIntervalSince1970: 0),
      status: .finished, candidates: candidates,
      dev: zip(candidates, scored).map {
        Evaluation(candidate: $0.id, results: [], score: $1.1)
      })
  }

  @Test("Each of the worst goes with each of the best, unless they score alike")
  func pairs() throws {
    let record = try record([
      ("seed", 0.5), ("bad", 0.1), ("good", 0.9), ("best", 0.95), ("unscored", nil), ("even", 0.5),
    ])
    let found = try RunPairs(record, best: 2, worst: 2)
    #expect(
      found.pairs == [
        PromptPair(prompt: "bad", rewrite: "best"), PromptPair(prompt: "bad", rewrite: "good"),
        PromptPair(prompt: "even", rewrite: "best"), PromptPair(prompt: "even", rewrite: "good"),
      ])
    #expect(
      found.preferences.first == Preference(prompt: "seed", chosen: "best", rejected: "bad"))
    #expect(found.preferences.count == 4)
  }

  @Test("A run whose prompts all score alike gives no data, and says so")
  func nothing() throws {
    let record = try record([("seed", 0.5), ("other", 0.5)])
    let error = #expect(throws: TrainingError.self) { try RunPairs(record) }
    #expect(error?.description.contains("no two that differ") == true)
  }
}
