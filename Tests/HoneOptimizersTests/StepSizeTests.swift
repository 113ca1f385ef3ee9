// SPDX-License-Identifier: Apache-2.0

import HoneOptimizers
import Testing

struct StepSizeTests {
  @Test("Cosine from 50 to 10 over 18 steps gives the published sizes")
  func cosine() {
    let sizes = (1...18).map { CosineDecay(from: 50, to: 10).words(step: $0, of: 18) }
    #expect(
      sizes == [49, 48, 47, 45, 42, 40, 36, 33, 30, 26, 23, 20, 17, 14, 12, 11, 10, 10])
  }

  @Test("Linear from 50 to 10 over 18 steps falls evenly and is cut to whole words")
  func linear() {
    let sizes = (1...18).map { LinearDecay(from: 50, to: 10).words(step: $0, of: 18) }
    #expect(
      sizes == [47, 45, 43, 41, 38, 36, 34, 32, 30, 27, 25, 23, 21, 18, 16, 14, 12, 10])
  }

  @Test("A warm-up grows to the start and then decays over the rest")
  func warmup() {
    let size = LinearDecay(from: 40, to: 10).warmedUp(over: 0.25)
    let sizes = (1...16).map { size.words(step: $0, of: 16) }
    #expect(sizes == [10, 20, 30, 40, 37, 35, 32, 30, 27, 25, 22, 20, 17, 15, 12, 10])
    #expect(
      (1...4).map { FixedStepSize(9).warmedUp(over: 0.5).words(step: $0, of: 4) } == [4, 9, 9, 9])
  }

  @Test("Without a step size there is no limit, warmed up or not")
  func none() {
    #expect(NoStepSize().words(step: 3, of: 9) == nil)
    #expect(NoStepSize().warmedUp(over: 0.5).words(step: 1, of: 9) == nil)
  }

  @Test(
    "The distance counts words added, dropped and exchanged",
    arguments: [
      ("", "", 0), ("", "two words", 2), ("two words", "", 2), ("a b c", "a b c", 0),
      ("a b c", "a x c", 1), ("a b c", "b c", 1), ("a  b\nc", "a b c", 0),
      ("a b c d", "d c b a", 4),
      ("Sentiment:", "sentiment:", 1), ("ä ö", "ö", 1),
    ])
  func distance(first: String, second: String, words: Int) {
    #expect(WordEditDistance.between(first, second) == words)
    #expect(WordEditDistance.between(second, first) == words)
  }
}
