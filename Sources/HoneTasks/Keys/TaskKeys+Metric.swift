// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension TaskKeys {
  /// The metrics that are written as a word.
  static let simpleMetrics: [(name: String, metric: MetricConfiguration)] = [
    ("accuracy", .accuracy), ("exact-match", .exactMatch), ("token-f1", .tokenF1),
    ("macro-f1", .macroF1), ("rouge-1", .rouge1), ("rouge-2", .rouge2), ("rouge-l", .rougeL),
    ("bleu", .bleu), ("chrf", .chrf), ("edit-similarity", .editSimilarity),
    ("json-equality", .jsonEquality), ("contains", .contains),
  ]

  /// The metrics with a parameter; one of the keys.
  static let metric = KeySection(
    parameterMetrics + [
      Key("weighted", .list(of: .mapping(weightedMetric)), "The weighted sum of metrics.")
    ])

  /// A metric in a sum and its weight; a sum holds no other sum.
  static let weightedMetric = KeySection([
    Key(
      "metric",
      .either([.word(simpleMetrics.map(\.name)), .mapping(KeySection(parameterMetrics))]),
      required: true, "The metric."),
    Key("weight", .number(0...1), required: true, "Its weight; all add up to 1."),
  ])

  private static let parameterMetrics = [
    Key("number", .number(0...Double.infinity), "1 when the numbers differ by at most this."),
    Key("regex", .text, "1 when the response matches this regular expression."),
    Key("length", .integer(1...1_000_000), "1 up to so many words, 0 at twice as many."),
    Key("command", .list(of: .text), "A program that reads JSON lines and writes scores."),
    Key("judge", .text, "The rubric by which a model grades."),
  ]
}
