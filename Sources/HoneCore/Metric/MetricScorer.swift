// SPDX-License-Identifier: Apache-2.0

/// A pure metric made ready for a task's answers, for scoring many responses.
///
/// Patterns and labels are prepared once. A sum that holds a `command` or a `judge` has no scorer;
/// score its parts and join them with ``Outcome/weighted(_:)``.
public struct MetricScorer: Sendable {
  private let metric: any ResponseMetric
  private let reader: any AnswerReader
  private let name: String

  /// Prepares a metric.
  /// - Throws: ``MetricProblem`` when the metric is not stated well, see
  ///   ``MetricConfiguration/problem``, or needs the world.
  public init(_ configuration: MetricConfiguration, kind: AnswerKind) throws(MetricProblem) {
    if let problem = configuration.problem(for: kind) { throw MetricProblem(problem) }
    metric = try Self.metric(configuration, kind)
    reader = kind.reader
    name = configuration.name
  }

  /// Scores a response whose answer was read by the task's kind.
  ///
  /// An example without a reference fails, with a message, when the metric compares with one.
  public func outcome(response: String, answer: String?, example: Example) -> Outcome {
    if metric.needsReferences, example.references.isEmpty {
      return .failed(
        ModelError(
          .unsupported,
          "\(example.id) has no reference answer, and the metric \(name) compares with one; "
            + "give the row an answer or choose a metric without, such as judge"))
    }
    return metric.outcome(
      of: Attempt(
        response: response, answer: answer, references: example.references, reader: reader))
  }

  private static func metric(
    _ configuration: MetricConfiguration, _ kind: AnswerKind
  ) throws(MetricProblem) -> any ResponseMetric {
    switch configuration {
    case .accuracy, .macroF1: return Accuracy()
    case .exactMatch: return ExactMatch()
    case .tokenF1: return TokenF1()
    case .number(let tolerance): return NumberWithin(tolerance: tolerance)
    case .rouge1: return Rouge(variant: .words(1))
    case .rouge2: return Rouge(variant: .words(2))
    case .rougeL: return Rouge(variant: .longestSubsequence)
    case .bleu: return Bleu()
    case .chrf: return Chrf()
    case .editSimilarity: return EditSimilarity()
    case .regex(let pattern): return try PatternMatch(pattern)
    case .jsonEquality:
      guard case .json(let field) = kind else { return JSONEquality(field: nil) }
      return JSONEquality(field: field)
    case .contains: return Contains()
    case .length(let maximum): return Length(maximum: maximum)
    case .command, .judge:
      throw MetricProblem("\(configuration.name) takes more than the response to score")
    case .weighted(let parts):
      var prepared: [(weight: Double, metric: any ResponseMetric)] = []
      for part in parts { prepared.append((part.weight, try metric(part.metric, kind))) }
      return WeightedSum(parts: prepared)
    }
  }
}

extension MetricConfiguration {
  /// Scores one response by a pure metric; nil when the metric needs the world or is not stated well.
  ///
  /// For many responses make a ``MetricScorer`` once.
  public func outcome(
    response: String, answer: String?, example: Example, kind: AnswerKind
  ) -> Outcome? {
    guard let scorer = try? MetricScorer(self, kind: kind) else { return nil }
    return scorer.outcome(response: response, answer: answer, example: example)
  }
}
