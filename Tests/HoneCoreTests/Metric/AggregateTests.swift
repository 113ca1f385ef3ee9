// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("The figure of a set")
struct AggregateTests {
  private let kind = AnswerKind.label(["a1", "b2", "c3"])

  private func rows(
    _ pairs: [(response: String, references: [String])], metric: MetricConfiguration
  ) throws -> ([ExampleResult], [Example]) {
    let scorer = try MetricScorer(metric, kind: kind)
    var results: [ExampleResult] = []
    var examples: [Example] = []
    for (index, pair) in pairs.enumerated() {
      let example = Example(id: "\(index)", fields: [:], references: pair.references)
      let answer = kind.read(pair.response)
      results.append(
        ExampleResult(
          example: example.id, response: pair.response, answer: answer,
          outcome: scorer.outcome(response: pair.response, answer: answer, example: example)))
      examples.append(example)
    }
    return (results, examples)
  }

  @Test("failures and refusals leave the mean, unreadable answers stay in it as 0")
  func mean() throws {
    var (results, examples) = try rows(
      [("a1", ["a1"]), ("b2", ["a1"]), ("what?", ["a1"]), ("a1", ["a1"])], metric: .accuracy)
    results[3].outcome = .failed(ModelError(.unavailable, "gone"))
    #expect(
      MetricConfiguration.accuracy.aggregate(results, examples: examples, kind: kind) == 1.0 / 3)
    results = results.map { result in
      var copy = result
      copy.outcome = .refused
      return copy
    }
    #expect(MetricConfiguration.accuracy.aggregate(results, examples: examples, kind: kind) == nil)
    #expect(MetricConfiguration.macroF1.aggregate(results, examples: examples, kind: kind) == nil)
    #expect(MetricConfiguration.macroF1.aggregate([], examples: [], kind: kind) == nil)
    examples = []
  }

  @Test("macro-F1 is the mean over labels, as computed by hand")
  func macroF1() throws {
    // a1: 2 right of 3 wanted and 2 given → 0.8; b2: 1 of 1 wanted and 2 given → 2/3; c3: none
    // given of 1 wanted → 0.
    let (results, examples) = try rows(
      [
        ("a1", ["a1"]), ("A1.", ["a1"]), ("b2", ["a1"]), ("b2", ["b2"]), ("hm", ["c3"]),
      ], metric: .macroF1)
    let figure = MetricConfiguration.macroF1.aggregate(results, examples: examples, kind: kind)
    #expect(abs((figure ?? -1) - 0.488888888888889) < 1e-9)
  }

  @Test("a label that is only given counts as a label with F1 0")
  func onlyGiven() throws {
    let (results, examples) = try rows([("a1", ["a1"]), ("c3", ["a1"])], metric: .macroF1)
    let figure = MetricConfiguration.macroF1.aggregate(results, examples: examples, kind: kind)
    #expect(abs((figure ?? -1) - 1.0 / 3) < 1e-9)
  }

  @Test("one of several references is enough for macro-F1")
  func references() throws {
    let (results, examples) = try rows([("b2", ["a1", "b2"])], metric: .macroF1)
    #expect(MetricConfiguration.macroF1.aggregate(results, examples: examples, kind: kind) == 1)
  }

  @Test("in a weighted sum the set's macro-F1 takes the place of the share of right answers")
  func weighted() throws {
    let metric = MetricConfiguration.weighted([
      WeightedMetric(metric: .macroF1, weight: 0.5),
      WeightedMetric(metric: .length(maxWords: 1), weight: 0.5),
    ])
    let (results, examples) = try rows(
      [("a1", ["a1"]), ("a1", ["a1"]), ("a1", ["b2"]), ("a1", ["a1"])], metric: metric)
    // a1: F1 6/7; b2: 0.
    let figure = metric.aggregate(results, examples: examples, kind: kind)
    #expect(abs((figure ?? -1) - 0.714285714285714) < 1e-9)
    let evaluation = Evaluation(
      candidate: "x", results: results, examples: examples, metric: metric, kind: kind)
    #expect(evaluation.score == figure)
    #expect(evaluation.coverage == 1)
  }
}
