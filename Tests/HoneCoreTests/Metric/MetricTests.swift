// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite("Metrics")
struct MetricTests {
  private func score(
    _ metric: MetricConfiguration, _ response: String, _ references: [String],
    kind: AnswerKind = .freeText
  ) -> Outcome? {
    metric.outcome(
      response: response, answer: kind.read(response),
      example: Example(id: "row 1", fields: [:], references: references), kind: kind)
  }

  @Test("accuracy compares by the answer kind, over all references")
  func accuracy() {
    #expect(score(.accuracy, "Answer: No.", ["no"], kind: .yesNo)?.value == 1)
    #expect(score(.accuracy, "Answer: No.", ["yes", "False"], kind: .yesNo)?.value == 1)
    #expect(score(.accuracy, "Answer: No.", ["yes"], kind: .yesNo)?.value == 0)
    #expect(score(.accuracy, "Perhaps.", ["yes"], kind: .yesNo) == .unparsable)
  }

  @Test("an exact match is of the response as it stands")
  func exactMatch() {
    #expect(score(.exactMatch, " Paris \n", ["Rome", "Paris"])?.value == 1)
    #expect(score(.exactMatch, "paris", ["Paris"])?.value == 0)
    #expect(score(.exactMatch, "", ["Paris"])?.value == 0)
  }

  @Test(
    "token F1 is SQuAD's",
    arguments: [
      ("The Cat sat.", "a cat sat", 1), ("cat sat down", "cat sat", 0.8), ("dog", "cat", 0),
      ("cat cat cat", "cat", 0.5), ("the", "a", 1), ("the", "cat", 0), ("it's", "its", 1),
      ("well-known", "well known", 0), ("cat dog", "dog cat", 1),
    ] as [(String, String, Double)])
  func tokenF1(response: String, reference: String, value: Double) throws {
    let given = try #require(score(.tokenF1, response, ["nothing", reference])?.value)
    #expect(abs(given - value) < 1e-12)
  }

  @Test(
    "a number counts within the tolerance, unrounded",
    arguments: [
      ("The answer is 3.14159.", "3.14", 0.002, 1.0), ("The answer is 3.14159.", "3.14", 0.001, 0),
      ("0.3", "0.2", 0.1, 1), ("$1,000", "1000", 0, 1), ("twelve", "12", 0, 1), ("-5", "5", 0, 0),
      ("3/4", "0.75", 0, 1),
    ] as [(String, String, Double, Double)])
  func number(response: String, reference: String, tolerance: Double, value: Double) {
    let metric = MetricConfiguration.number(tolerance: tolerance)
    #expect(score(metric, response, [reference], kind: .number(decimals: 0))?.value == value)
  }

  @Test("a response without a number is unparsable, not wrong")
  func noNumber() {
    #expect(score(.number(tolerance: 1), "many", ["5"]) == .unparsable)
  }

  @Test(
    "edit similarity is by characters over the longer length",
    arguments: [
      ("kitten", "sitting", 1 - 3.0 / 7), ("same", "same", 1), ("abc", "xyz", 0),
      ("🙂🙃", "🙂", 0.5), ("ab", "ba", 0), ("abcd", "abXcd", 0.8), ("aXbXc", "abc", 0.6),
    ] as [(String, String, Double)])
  func editSimilarity(response: String, reference: String, value: Double) throws {
    let given = try #require(score(.editSimilarity, response, [reference])?.value)
    #expect(abs(given - value) < 1e-12)
  }

  @Test("a pattern matches anywhere and needs no reference")
  func regex() {
    #expect(score(.regex(#"\b\d{3}-\d{4}\b"#), "call 555-1234 now", [])?.value == 1)
    #expect(score(.regex(#"^\d+$"#), "call 5", [])?.value == 0)
    #expect(score(.regex("(?i)YES"), "oh yes 🙂", [])?.value == 1)
    #expect(score(.regex("🙂$"), "fine 🙂", [])?.value == 1)
    #expect(score(.regex("("), "text", []) == nil)
  }

  @Test("JSON is equal whatever the order of members")
  func jsonEquality() {
    #expect(
      score(.jsonEquality, "```\n{\"b\":1.0,\"a\":[1,2]}\n```", ["{\"a\":[1,2],\"b\":1}"])?.value
        == 1)
    #expect(score(.jsonEquality, "{\"a\":[2,1]}", ["{\"a\":[1,2]}"])?.value == 0)
    #expect(score(.jsonEquality, "no document", ["{}"]) == .unparsable)
    let kind = AnswerKind.json(field: "a")
    #expect(
      score(.jsonEquality, "{\"a\":\"x\",\"b\":2}", ["{\"a\":\"x\"}"], kind: kind)?.value == 1)
  }

  @Test("contains ignores case and the width of spaces")
  func contains() {
    #expect(score(.contains, "It is New\n York, I think", ["Rome", "new york"])?.value == 1)
    #expect(score(.contains, "aaaaab", ["aab"])?.value == 1)
    #expect(score(.contains, "abab", ["abb"])?.value == 0)
    #expect(score(.contains, "text", [""])?.value == 0)
  }

  @Test(
    "length falls from the limit to twice the limit",
    arguments: [(0, 1.0), (10, 1), (15, 0.5), (20, 0), (50, 0)] as [(Int, Double)])
  func length(words: Int, value: Double) {
    let response = String(repeating: "word ", count: words)
    #expect(score(.length(maxWords: 10), response, [])?.value == value)
  }

  @Test("a row without a reference fails rather than being wrong")
  func noReference() {
    guard case .failed(let error)? = score(.accuracy, "yes", [], kind: .yesNo) else {
      Issue.record("not a failure")
      return
    }
    #expect(error.message.contains("row 1"))
    #expect(error.message.contains("accuracy"))
  }

  @Test("a weighted sum adds its parts, and 0 for an unparsable one")
  func weighted() {
    let metric = MetricConfiguration.weighted([
      WeightedMetric(metric: .accuracy, weight: 0.75),
      WeightedMetric(metric: .length(maxWords: 2), weight: 0.25),
    ])
    #expect(score(metric, "yes", ["yes"], kind: .yesNo)?.value == 1)
    #expect(score(metric, "yes it really is", ["yes"], kind: .yesNo)?.value == 0.75)
    #expect(score(metric, "perhaps", ["yes"], kind: .yesNo)?.value == 0.25)
    #expect(!metric.isBinary)
    #expect(!metric.needsWorld)
    #expect(metric.needsReferences)
  }

  @Test("a sum with a failed part fails, one with only unparsable parts is unparsable")
  func weightedFailures() {
    let error = ModelError(.unavailable, "gone")
    #expect(Outcome.weighted([(0.5, .scored(Score(1))), (0.5, .failed(error))]) == .failed(error))
    #expect(Outcome.weighted([(0.5, .scored(Score(1))), (0.5, .refused)]) == .refused)
    #expect(Outcome.weighted([(1, .unparsable)]) == .unparsable)
    let scores: [(weight: Double, outcome: Outcome)] = [
      (0.5, .scored(Score(1, feedback: "a"))), (0.5, .scored(Score(0, feedback: "b"))),
    ]
    #expect(Outcome.weighted(scores) == .scored(Score(0.5, feedback: "a\nb")))
  }

  @Test("metrics that need the world have no outcome here")
  func world() {
    let judge = MetricConfiguration.judge(rubric: "Be kind.")
    let sum = MetricConfiguration.weighted([
      WeightedMetric(metric: .accuracy, weight: 0.5), WeightedMetric(metric: judge, weight: 0.5),
    ])
    for metric in [judge, .command(["score"]), sum] {
      #expect(metric.needsWorld)
      #expect(!metric.isBinary)
      #expect(score(metric, "yes", ["yes"], kind: .yesNo) == nil)
    }
  }

  @Test(
    "what is wrong with a metric is said with what was given",
    arguments: [
      (MetricConfiguration.number(tolerance: -1), "-1"), (.number(tolerance: .nan), "nan"),
      (.regex("a(b"), "a(b"), (.regex(""), "empty"), (.length(maxWords: 0), "0"),
      (.command([]), "empty"), (.command([" "]), "empty"), (.judge(rubric: " \n"), "rubric"),
      (.weighted([]), "at least one"), (.macroF1, "free text"),
      (.weighted([WeightedMetric(metric: .bleu, weight: 0.9)]), "0.9"),
      (.weighted([WeightedMetric(metric: .bleu, weight: 0)]), "bleu"),
      (.weighted([WeightedMetric(metric: .regex("["), weight: 1)]), "["),
      (.weighted([WeightedMetric(metric: .macroF1, weight: 1)]), "macro-f1"),
    ])
  func problems(metric: MetricConfiguration, word: String) throws {
    let problem = try #require(metric.problem(for: .freeText))
    #expect(problem.contains(word), "\(problem)")
    #expect(throws: MetricProblem.self) { try MetricScorer(metric, kind: .freeText) }
  }

  @Test("well-stated metrics have no problem")
  func noProblems() {
    let sum = MetricConfiguration.weighted(
      [0.1, 0.2, 0.7].map { WeightedMetric(metric: .rougeL, weight: $0) })
    for metric in [.accuracy, .regex("a+"), .judge(rubric: "Kind"), .command(["sh"]), sum] {
      #expect(metric.problem == nil)
    }
  }
}
