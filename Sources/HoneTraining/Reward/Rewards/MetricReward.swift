// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A metric of a task: how right an answer is, mostly beside a reference.
public struct MetricReward: Reward {
  private let scorer: MetricScorer
  private let kind: PreparedAnswerKind
  private let readsAll: Bool

  /// Prepares a metric.
  /// - Throws: `MetricProblem` for a metric that asks the world or does not fit the kind of answer.
  public init(_ metric: MetricConfiguration, kind: AnswerKind = .freeText) throws(MetricProblem) {
    scorer = try MetricScorer(metric, kind: kind)
    self.kind = PreparedAnswerKind(kind)
    readsAll = kind == .freeText
  }

  /// The scores; an answer that cannot be read is worth 0.
  /// - Throws: ``TrainingError`` of kind `badData` for an answer that cannot be scored, such as one
  ///   without a reference.
  public func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    try answers.map { answer in
      let example = Example(
        id: "“\(answer.prompt.prefix(60))”", fields: ["prompt": answer.prompt],
        references: answer.reference.map { [$0] } ?? [])
      let read = kind.read(answer.answer)
      guard read != nil || readsAll else { return 0 }
      let outcome = scorer.outcome(response: answer.answer, answer: read, example: example)
      if case .failed(let error) = outcome { throw TrainingError(.badData, error.message) }
      return outcome.value ?? 0
    }
  }
}
