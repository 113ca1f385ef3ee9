// SPDX-License-Identifier: Apache-2.0

extension Evaluation {
  /// Creates an evaluation with the figure that the metric gives the results.
  ///
  /// - Parameters:
  ///   - candidate: The candidate's id.
  ///   - results: The outcome of each example.
  ///   - examples: The examples, in any order; macro-F1 reads their answers.
  ///   - metric: The task's metric.
  ///   - kind: The task's answer kind.
  public init(
    candidate: String, results: [ExampleResult], examples: [Example], metric: MetricConfiguration,
    kind: AnswerKind
  ) {
    self.init(
      candidate: candidate, results: results,
      score: metric.aggregate(results, examples: examples, kind: kind))
  }
}
