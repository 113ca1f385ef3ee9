// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RunSession {
  /// Scores trials by a metric; parts of it that need a program or a model are asked in batches.
  func score(_ metric: MetricConfiguration, _ trials: [Trial]) async throws -> [Outcome] {
    guard !trials.isEmpty else { return [] }
    switch metric {
    case .command(let words):
      return try await commandOutcomes(words, trials)
    case .judge(let rubric):
      return try await judgeOutcomes(rubric, trials)
    case .weighted(let parts) where metric.needsWorld:
      var columns: [(weight: Double, outcomes: [Outcome])] = []
      for part in parts {
        columns.append((part.weight, try await score(part.metric, trials)))
      }
      return trials.indices.map { index in
        Outcome.weighted(columns.map { ($0.weight, $0.outcomes[index]) })
      }
    default:
      let scorer: MetricScorer
      do throws(MetricProblem) {
        scorer = try MetricScorer(metric, kind: task.answer.kind)
      } catch {
        throw RunError.badTask("the metric \(metric.name) cannot be used: \(error)")
      }
      return trials.map {
        scorer.outcome(response: $0.response, answer: $0.answer, example: $0.example)
      }
    }
  }
}
