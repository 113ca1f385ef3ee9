// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@Suite("Choosing an option by likelihood")
struct LikelihoodChoiceTests {
  private let kind = AnswerKind.label(["good", "very bad indeed"])

  private func likelihoods(_ entries: [(Double, Int)]) -> Likelihoods {
    Likelihoods(
      continuations: entries.map { ContinuationLikelihood(logProbability: $0.0, tokenCount: $0.1) },
      usage: Usage())
  }

  @Test("the most likely option wins, the first of equals")
  func plain() {
    let choice = LikelihoodChoice()
    #expect(kind.choose(likelihoods([(-1, 1), (-2, 3)]), contentFree: nil, by: choice) == 0)
    #expect(kind.choose(likelihoods([(-2, 1), (-1, 3)]), contentFree: nil, by: choice) == 1)
    #expect(kind.choose(likelihoods([(-2, 1), (-2, 3)]), contentFree: nil, by: choice) == 0)
  }

  @Test("normalization divides by tokens or by bytes")
  func normalized() {
    let given = likelihoods([(-2, 1), (-3, 3)])
    #expect(kind.choose(given, contentFree: nil, by: LikelihoodChoice(normalization: .none)) == 0)
    #expect(kind.choose(given, contentFree: nil, by: LikelihoodChoice(normalization: .tokens)) == 1)
    // 4 bytes against 15: -0.5 against -0.2, then -0.2 against -0.2133.
    #expect(kind.choose(given, contentFree: nil, by: LikelihoodChoice(normalization: .bytes)) == 1)
    let near = likelihoods([(-0.8, 1), (-3.2, 3)])
    #expect(kind.choose(near, contentFree: nil, by: LikelihoodChoice(normalization: .bytes)) == 0)
  }

  @Test("calibration subtracts what is likely without content")
  func calibrated() {
    let given = likelihoods([(-1, 1), (-2, 1)])
    let base = likelihoods([(-0.5, 1), (-3, 1)])
    let choice = LikelihoodChoice(calibration: .contentFree)
    #expect(kind.choose(given, contentFree: base, by: choice) == 1)
    #expect(kind.choose(given, contentFree: base, by: LikelihoodChoice()) == 0)
    #expect(kind.choose(given, contentFree: nil, by: choice) == nil)
    #expect(kind.choose(given, contentFree: likelihoods([(-1, 1)]), by: choice) == nil)
  }

  @Test("impossible options and values that are no numbers do not win")
  func impossible() {
    let infinite = -Double.infinity
    let choice = LikelihoodChoice()
    #expect(kind.choose(likelihoods([(infinite, 1), (-9, 1)]), contentFree: nil, by: choice) == 1)
    #expect(kind.choose(likelihoods([(.nan, 1), (-9, 1)]), contentFree: nil, by: choice) == 1)
    #expect(kind.choose(likelihoods([(-9, 1), (.nan, 1)]), contentFree: nil, by: choice) == 0)
    #expect(kind.choose(likelihoods([(.nan, 0), (.nan, 0)]), contentFree: nil, by: choice) == nil)
  }

  @Test("without options there is no choice")
  func noOptions() {
    let given = likelihoods([(-1, 1), (-2, 1)])
    let choice = LikelihoodChoice()
    #expect(AnswerKind.freeText.choose(given, contentFree: nil, by: choice) == nil)
    #expect(AnswerKind.choice(last: "C").choose(given, contentFree: nil, by: choice) == nil)
    #expect(AnswerKind.label([]).choose(likelihoods([]), contentFree: nil, by: choice) == nil)
  }

  @Test("every kind says how to ask for the final answer, naming its options")
  func finalTurn() {
    for kind in EarlyDecisionTests.kinds {
      for option in [kind.options?.first, kind.options?.last].compactMap({ $0 }) {
        #expect(kind.finalTurnRequest.contains(option))
      }
      #expect(kind.finalTurnRequest.hasSuffix("."))
    }
    #expect(AnswerKind.json(field: "city").finalTurnRequest.contains("\"city\""))
  }
}
