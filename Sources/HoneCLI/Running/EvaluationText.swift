// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneReport

/// What is said of one prompt's score.
struct EvaluationText: Sendable {
  private let evaluation: Evaluation
  private let task: PromptTask
  private let split: Split
  private let style: TerminalStyle

  init(_ evaluation: Evaluation, task: PromptTask, split: Split, style: TerminalStyle) {
    self.evaluation = evaluation
    self.task = task
    self.split = split
    self.style = style
  }

  /// The mean of the outcomes with its interval; a figure of the whole set has none.
  private var interval: EstimatedMean? {
    guard task.metric != .macroF1 else { return nil }
    return EstimatedMean(
      of: evaluation.results, binary: task.metric.isBinary, seed: task.seed)
  }

  var text: String {
    let format = ScoreFormat(fitting: [evaluation.score].compactMap(\.self))
    var score = "\(Figures.name(of: task.metric)) \(style.bold(format.text(evaluation.score)))"
    if let interval { score += " (95 % interval \(format.interval(interval)))" }
    score += " on \(Figures.count(evaluation.results.count, "\(split.rawValue) row"))"
    return score + troubles
  }

  /// What is not a score, counted.
  private var troubles: String {
    var counts: [(String, Int)] = []
    func count(_ words: String, _ matches: (Outcome) -> Bool) {
      let number = evaluation.results.count { matches($0.outcome) }
      if number > 0 { counts.append((words, number)) }
    }
    count("no answer read (counts as wrong)") { $0 == .unparsable }
    count("empty (counts as wrong)") { $0 == .empty }
    count("cut at the token limit (counts as wrong); raise generation.max-tokens") { $0 == .cut }
    count("refused (not counted)") { $0 == .refused }
    count("held back by a content filter (not counted)") { $0 == .filtered }
    count("failed (not counted)") { if case .failed = $0 { true } else { false } }
    guard !counts.isEmpty else { return "" }
    return "\n" + counts.map { "  \($0.1) \($0.0)" }.joined(separator: "\n") + firstFailure
  }

  private var firstFailure: String {
    for result in evaluation.results {
      if case .failed(let error) = result.outcome {
        return "\n  the first failure, \(result.example): \(VisibleText.line(error.message))"
      }
    }
    return ""
  }

  var json: String {
    let results: [JSONValue] = evaluation.results.map { result in
      .object([
        "example": .string(result.example), "response": .string(result.response),
        "answer": result.answer.map { .string($0) } ?? .null,
        "score": result.outcome.value.map { .number($0) } ?? .null,
        "outcome": .string(result.outcome.name),
      ])
    }
    return JSONLine.text([
      "split": .string(split.rawValue),
      "score": evaluation.score.map { .number($0) } ?? .null,
      "interval": interval.map(EventDocument.mean) ?? .null,
      "coverage": .number(evaluation.coverage), "results": .array(results),
    ])
  }
}
