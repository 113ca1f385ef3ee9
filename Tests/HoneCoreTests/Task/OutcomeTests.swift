// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite("Outcomes, spends and budgets")
struct OutcomeTests {
  private let error = ModelError(.tooLong, "4,000 tokens; 2,048 fit")

  @Test("failures and refusals have no value; what cannot be read is worth 0")
  func values() {
    #expect(Outcome.failed(error).value == nil)
    #expect(Outcome.refused.value == nil)
    #expect(Outcome.unparsable.value == 0)
    #expect(Outcome.empty.value == 0)
    #expect(Outcome.cut.value == 0)
    #expect(Outcome.filtered.value == nil)
    #expect(Outcome.scored(Score(0.5)).value == 0.5)
  }

  @Test("coverage is the share of counted results")
  func coverage() {
    let outcomes = [Outcome.failed(error), .refused, .unparsable, .scored(Score(1))]
    let results = outcomes.map {
      ExampleResult(example: "1", response: "", answer: nil, outcome: $0)
    }
    #expect(Evaluation(candidate: "c", results: results, score: nil).coverage == 0.5)
    #expect(Evaluation(candidate: "c", results: [], score: nil).coverage == 0)
  }

  @Test("every outcome survives being written and read")
  func codes() throws {
    let outcomes =
      [
        Outcome.failed(error), .refused, .unparsable, .scored(Score(0.1, feedback: "f\n\"g\"")),
      ]
      + [.empty, .cut, .filtered]
    let data = try CanonicalJSON.encode(outcomes)
    #expect(try JSONDecoder().decode([Outcome].self, from: data) == outcomes)
  }

  @Test("a spend adds up its roles and is coded by their names")
  func spend() throws {
    let spend = Spend(
      calls: [.task: 3, .judge: 2],
      usage: [
        .task: Usage(promptTokens: 10, completionTokens: 5),
        .judge: Usage(promptTokens: 1, completionTokens: 1, dollars: 0.25),
      ])
    #expect(spend.totalCalls == 5)
    #expect(spend.totalUsage == Usage(promptTokens: 11, completionTokens: 6, dollars: 0.25))
    #expect(spend.totalUsage.tokens == 17)
    let text = String(decoding: try CanonicalJSON.encode(spend), as: UTF8.self)
    #expect(text.contains("\"calls\":{\"judge\":2,\"task\":3}"))
  }

  @Test("endings are counted by role and coded by their names")
  func endings() throws {
    var spend = Spend(calls: [.task: 3])
    for ending in [CallEnding.cut, .cut, .refused] {
      spend.endings[.task, default: CallEndings()].add(ending)
    }
    spend.endings[.judge, default: CallEndings()].add(.cut)
    #expect(spend.totalEndings[.cut] == 3)
    #expect(spend.totalEndings[.empty] == 0)
    let data = try CanonicalJSON.encode(spend)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains(#""endings":{"judge":{"cut":1},"task":{"cut":2,"refused":1}}"#))
    #expect(try JSONDecoder().decode(Spend.self, from: data) == spend)
    // A run of before has no endings.
    let old = Data(#"{"calls":{"task":3},"seconds":0,"usage":{}}"#.utf8)
    #expect(try JSONDecoder().decode(Spend.self, from: old) == Spend(calls: [.task: 3]))
  }

  @Test(
    "a generation without visible text is empty, unless it ended otherwise",
    arguments: [
      ("yes", FinishReason.endOfTurn, nil), (" \n", .endOfTurn, .empty), ("", .stopText, .empty),
      ("", .length, .cut), ("yes", .length, .cut), ("", .refused, .refused),
      ("part", .filtered, .filtered), ("yes", .decided, nil),
    ] as [(String, FinishReason, CallEnding?)])
  func generations(text: String, finish: FinishReason, ending: CallEnding?) {
    #expect(Generation(text: text, finish: finish, usage: Usage()).ending == ending)
  }

  @Test("an exhausted budget says the limit and the need")
  func exhausted() {
    #expect(
      BudgetExhausted(limit: .calls, allowed: 100, needed: 148).description
        == "the budget of 100 calls is used up; 148 were needed")
    #expect(
      BudgetExhausted(limit: .dollars, allowed: 0.5, needed: 0.75).description
        == "the budget of 0.5 dollars is used up; 0.75 were needed")
  }
}
