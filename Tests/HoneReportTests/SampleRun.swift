// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Builds records of runs for the tests of the report.
struct SampleRun {
  var seedInstruction = "Let's think step by step."
  var proposals = [
    "Decide which team should answer the ticket. Let's think step by step.",
    "Read the ticket and name the team: billing, shipping, account or technical.",
    "Read the ticket. Answer with exactly one word: billing, shipping, account or technical.",
  ]
  var scores: [Double?] = [0.41, 0.52, 0.66, 0.78]
  var testRows = 12
  var steps = 3
  var status = RunStatus.finished
  var hasResult = true
  var input = "My parcel was due on Monday & it is still not here."

  var task: PromptTask {
    get throws {
      PromptTask(
        name: "support-tickets", description: "Send each support ticket to the right team.",
        inputFields: ["ticket"], answer: AnswerFormat(kind: .label(["billing", "shipping"])),
        metric: .accuracy,
        program: Program(
          prompt: Prompt(instruction: seedInstruction, question: try SlotTemplate("{ticket}")),
          inputs: ["ticket"]),
        optimizer: OptimizerChoice(name: "gpo", settings: ["candidates": .number(8)]),
        budget: Budget(calls: 5000), seed: 7)
    }
  }

  func record() throws -> RunRecord {
    let task = try task
    let seed = Candidate(seedOf: task.program)
    let made = proposals.enumerated().map { index, text in
      seed.child(instruction: text, move: "phrasebook: reword", step: min(index + 1, steps))
    }
    let candidates = [seed] + made
    let best = zip(candidates, scores).max { ($0.1 ?? -1) < ($1.1 ?? -1) }?.0 ?? seed
    var record = RunRecord(
      id: "support-tickets-1", task: task, version: "0.2.0",
      models: [.task: ModelIdentity(name: "smollm2-135m-instruct", digest: "abcdef0123456789")],
      started: Date(timeIntervalSince1970: 1_790_000_000), status: status,
      candidates: candidates,
      spend: Spend(
        calls: [.task: 2_912, .optimizer: 96],
        usage: [
          .task: Usage(promptTokens: 183_220, completionTokens: 21_004),
          .optimizer: Usage(promptTokens: 40_100, completionTokens: 5_230),
        ], seconds: 312))
    record.events = events(candidates)
    if hasResult { record.result = result(seed: seed, best: best) }
    return record
  }

  private func events(_ candidates: [Candidate]) -> [TimedEvent] {
    var events: [RunEvent] = [.started(steps: steps)]
    events.append(evaluated(candidates[0], scores.first ?? nil, step: 0))
    var bestScore = scores.first ?? nil
    for step in stride(from: 1, through: steps, by: 1) {
      events.append(.stepStarted(step: step, of: steps, stepSize: 50 - 40 * step / steps))
      for (candidate, score) in zip(candidates, scores) where candidate.lineage.step == step {
        events.append(.proposed(candidate, step: step))
        events.append(evaluated(candidate, score, step: step))
        bestScore = [bestScore, score].compactMap(\.self).max()
      }
      events.append(
        .rejected(
          text: "Same again", reason: .duplicate, move: "meta-prompt", step: step))
      events.append(
        .stepFinished(
          step: step, of: steps, current: candidates[0].id, best: candidates[0].id,
          bestScore: bestScore))
    }
    return events.enumerated().map { index, event in
      TimedEvent(seconds: Double(index) * 4, calls: index * 40, event: event)
    }
  }

  private func evaluated(_ candidate: Candidate, _ score: Double?, step: Int) -> RunEvent {
    .evaluated(candidate: candidate.id, split: .dev, score: score, examples: 48, step: step)
  }

  private func result(seed: Candidate, best: Candidate) -> RunResult {
    let rows = (0..<testRows).map { index in
      Example(
        id: "tickets.jsonl:\(index + 1)", fields: ["ticket": "\(input) (\(index + 1))"],
        references: [index % 2 == 0 ? "shipping" : "billing"])
    }
    let before = evaluation(seed.id, rows) { $0 % 3 == 0 }
    let after = evaluation(best.id, rows) { $0 % 4 != 0 }
    return RunResult(
      seed: seed, best: best, seedDevScore: 0.41, bestDevScore: 0.78, end: .finished,
      testExamples: rows, seedTest: before, bestTest: after,
      comparison: PairedComparison(
        pairs: testRows, first: EstimatedMean(mean: 0.4125, lower: 0.311, upper: 0.522),
        second: EstimatedMean(mean: 0.775, lower: 0.672, upper: 0.853),
        difference: EstimatedMean(mean: 0.3625, lower: 0.24, upper: 0.48), wins: 33, losses: 4,
        test: .mcnemar, pValue: 0.000_002),
      conclusion: "The best prompt is better on rows it has never seen.")
  }

  private func evaluation(
    _ candidate: String, _ rows: [Example], right: (Int) -> Bool
  ) -> Evaluation {
    let results = rows.enumerated().map { index, row in
      if index == 5 {
        return ExampleResult(
          example: row.id, response: "I cannot say.", answer: nil, outcome: .unparsable)
      }
      let answer = right(index) ? row.references.first ?? "" : "account"
      return ExampleResult(
        example: row.id, response: "The team is \(answer).", answer: answer,
        outcome: .scored(Score(right(index) ? 1 : 0)))
    }
    return Evaluation(
      candidate: candidate, results: results,
      score: results.compactMap(\.outcome.value).reduce(0, +) / Double(max(rows.count, 1)))
  }
}
