// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Two prompts compared on the same examples")
struct PairedComparisonTests {
  private func evaluation(_ name: String, _ outcomes: [String: Outcome]) -> Evaluation {
    let results = outcomes.sorted { $0.key < $1.key }.map {
      ExampleResult(example: $0.key, response: "", answer: nil, outcome: $0.value)
    }
    return Evaluation(candidate: name, results: results, score: nil)
  }

  private func evaluation(_ values: [Double]) -> Evaluation {
    evaluation(
      "c",
      Dictionary(
        uniqueKeysWithValues: values.enumerated().map {
          (String(1000 + $0.offset), .scored(Score($0.element)))
        }))
  }

  @Test("only examples counted in both are compared")
  func pairs() throws {
    let error = ModelError(.unavailable, "gone")
    let first = evaluation(
      "a", ["1": .right, "2": .wrong, "3": .failed(error), "4": .refused, "5": .unparsable])
    let second = evaluation(
      "b", ["1": .right, "2": .right, "3": .right, "4": .right, "5": .right, "6": .right])
    let comparison = try #require(
      PairedComparison(first: first, second: second, binary: true, seed: 0))
    #expect(comparison.pairs == 3)
    #expect(comparison.wins == 2)
    #expect(comparison.losses == 0)
    #expect(comparison.test == .mcnemar)
    #expect(comparison.pValue == 0.5)
    #expect(comparison.first.mean == 1.0 / 3)
    #expect(abs(comparison.difference.mean - 2.0 / 3) < 1e-12)
  }

  @Test("evaluations without a common counted example are not compared")
  func noPairs() {
    let first = evaluation("a", ["1": .refused])
    let second = evaluation("b", ["1": .right])
    #expect(PairedComparison(first: first, second: second, binary: true, seed: 0) == nil)
  }

  @Test("an example listed twice is one pair")
  func repeats() throws {
    var first = evaluation([1, 0])
    first.results.append(first.results[0])
    let comparison = try #require(
      PairedComparison(first: first, second: evaluation([1, 1]), binary: true, seed: 0))
    #expect(comparison.pairs == 2)
  }

  @Test("numbers are compared by permutation, the same for the same seed")
  func numbers() throws {
    let first = evaluation((0..<30).map { Double($0) / 30 })
    let second = evaluation((0..<30).map { Double($0) / 30 + 0.1 * Double($0 % 3) })
    let one = try #require(PairedComparison(first: first, second: second, binary: false, seed: 9))
    let two = try #require(PairedComparison(first: first, second: second, binary: false, seed: 9))
    #expect(one == two)
    #expect(one.test == .permutation)
    #expect(one.wins == 20)
    #expect(one.losses == 0)
    #expect(abs(one.difference.mean - 0.1) < 1e-9)
    #expect(one.difference.lower > 0.05)
    #expect(one.pValue < 0.001)
  }

  @Test("outcomes that are not right or wrong are never tested as such")
  func notBinary() throws {
    let comparison = try #require(
      PairedComparison(
        first: evaluation([0, 0.5]), second: evaluation([1, 1]), binary: true, seed: 0))
    #expect(comparison.test == .permutation)
  }

  // Newcombe 1998, table II, method 10, gives the first of these to four digits.
  @Test(
    "the paired difference has Newcombe's interval",
    arguments: [
      ([36, 2, 12, 0], 0.2, 0.0569, 0.3404), ([0, 0, 0, 0], 0, -1, 1),
      ([0, 0, 54, 0], 1, 0.9061, 1),
    ])
  func newcombe(counts: [Int], mean: Double, lower: Double, upper: Double) {
    let estimate = EstimatedMean.pairedDifference(
      both: counts[0], first: counts[1], second: counts[2], neither: counts[3])
    #expect(abs(estimate.mean - mean) < 1e-12)
    #expect(abs(estimate.lower - lower) < 5e-4)
    #expect(abs(estimate.upper - upper) < 5e-4)
  }

  @Test("the paired difference changes its sign with the order of the prompts")
  func mirrored() {
    let one = EstimatedMean.pairedDifference(both: 20, first: 9, second: 3, neither: 5)
    let two = EstimatedMean.pairedDifference(both: 20, first: 3, second: 9, neither: 5)
    #expect(abs(one.lower + two.upper) < 1e-12)
    #expect(abs(one.upper + two.lower) < 1e-12)
  }

  @Test("an estimate holds its mean, also of one value and of equal values")
  func holdsMean() throws {
    for values in [[0.3], [0.7, 0.7, 0.7], [0, 1, 0.5, 0.25]] {
      let estimate = try #require(EstimatedMean.bootstrap(values, seed: 1))
      #expect(estimate.lower <= estimate.mean && estimate.mean <= estimate.upper)
    }
    #expect(EstimatedMean.bootstrap([], seed: 1) == nil)
    #expect(EstimatedMean(of: [], binary: true, seed: 1) == nil)
  }

  @Test("a permutation test without differences finds nothing")
  func noDifference() {
    #expect(PermutationTest.pValue(differences: [0, 0, 0], seed: 1) == 1)
    #expect(PermutationTest.pValue(differences: [0.5], seed: 1) == 1)
    #expect(PermutationTest.pValue(differences: [1, 1, 1, 1, 1, 1], seed: 1) == 2.0 / 64)
  }
}

extension Outcome {
  fileprivate static let right = Outcome.scored(Score(1))
  fileprivate static let wrong = Outcome.scored(Score(0))
}
