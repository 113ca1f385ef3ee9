// SPDX-License-Identifier: Apache-2.0

/// How an answer is scored against the references, as a value that a task file can state.
public indirect enum MetricConfiguration: Sendable, Hashable, Codable {
  /// 1 when the answer read by the task's ``AnswerKind`` equals a reference so read, else 0.
  case accuracy
  /// 1 when the trimmed response equals a reference as it stands, else 0.
  case exactMatch
  /// The token F1 of SQuAD, the best over references.
  case tokenF1
  /// The mean over labels of each label's F1; a figure of a whole set, not of one example.
  case macroF1
  /// 1 when the numbers differ by at most the tolerance, else 0.
  case number(tolerance: Double)
  case rouge1
  case rouge2
  case rougeL
  /// Sentence BLEU of sacrebleu, in 0…1.
  case bleu
  /// Sentence chrF of sacrebleu, in 0…1.
  case chrf
  /// 1 − edit distance in characters ÷ the longer length.
  case editSimilarity
  /// 1 when the response matches the pattern, else 0.
  case regex(String)
  /// 1 when the JSON documents are equal, else 0.
  case jsonEquality
  /// 1 when the response contains a reference, ignoring case, else 0.
  case contains
  /// 1 up to the given number of words, falling to 0 at twice as many.
  case length(maxWords: Int)
  /// A program that reads JSON lines and writes a JSON line with a score for each.
  case command([String])
  /// A model that grades by the rubric.
  case judge(rubric: String)
  /// The weighted sum of several metrics, by weights that add up to 1.
  case weighted([WeightedMetric])
}

/// A metric and its weight in a sum.
public struct WeightedMetric: Sendable, Hashable, Codable {
  /// The metric.
  public var metric: MetricConfiguration
  /// Its weight, above 0.
  public var weight: Double

  /// Creates a weighted metric.
  public init(metric: MetricConfiguration, weight: Double) {
    self.metric = metric
    self.weight = weight
  }
}
