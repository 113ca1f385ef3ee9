// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@testable import HoneReport

@Suite struct SummaryTextTests {
  @Test func `The summary states prompt, evidence, cost and reason`() throws {
    let text = SummaryText(try SampleRun().record(), columns: 80, style: .plain).text
    #expect(
      text == """
        support-tickets: +36.3 points on unseen examples

        The best prompt (step 3, phrasebook: reword):
          │ Read the ticket. Answer with exactly one word: billing, shipping, account or
          │ technical.

          seed        41.3 %        31.1 – 52.2 % (95 % interval)
          best        77.5 %        67.2 – 85.3 % (95 % interval)
          difference  +36.3 points  +24.0 to +48.0 points (95 % interval)
          12 test rows: 33 won, 4 lost; exact McNemar test, p < 0.001

        Used 3008 of 5000 calls · 249 554 tokens · 5 min 12 s

        The best prompt is better on rows it has never seen.

        """)
  }

  @Test func `Calls without a whole answer are counted in the summary, the page and JSON`() throws {
    var record = try SampleRun().record()
    var endings = CallEndings()
    for ending in [CallEnding.refused, .cut, .cut, .filtered, .failed] { endings.add(ending) }
    record.spend.endings = [.task: endings]
    record.spend.usage[.task]?.dollars = 1.25
    let text = SummaryText(record, columns: 100, style: .plain).text
    #expect(
      text.contains(
        "Answers: 1 refused · 1 held back by a content filter · 2 cut at the token limit · 1 failed"
      ))
    #expect(text.contains("$1.25"))
    let page = HTMLReport(record).render()
    #expect(
      page.contains(
        "<li>task: 1 refused, 1 held back by a content filter, 2 cut at the token limit, 1 failed</li>"
      ))
    let json = EventDocument.json(resultOf: record)
    #expect(json["endings"]?["cut"] == .number(2))
    #expect(json["endings"]?["empty"] == .number(0))
    #expect(json["dollars"] == .number(1.25))
  }

  @Test func `Where formats are searched, the summary and the page name those that were found`()
    throws
  {
    var record = try SampleRun().record()
    var stage = try Stage("team", "ticket -> team", instruction: "Name the team.")
    stage.call?.formats = [.fields, .xml]
    record.task.program = Program(stages: [stage])
    let seed = Candidate(seedOf: record.task.program)
    var prompts = seed.prompts
    prompts["team"]?.format = .xml
    let best = Candidate(
      prompts: prompts, lineage: Lineage(parents: [seed.id], move: "combination", step: 1))
    record.candidates = [seed, best]
    record.result?.seed = seed
    record.result?.best = best
    #expect(SummaryText(record, style: .plain).text.contains("\n  replies as xml\n"))
    let page = HTMLReport(record).render()
    #expect(page.contains("where the search began, replies as fields<"))
    #expect(page.contains("combination, replies as xml<"))
    stage.call?.formats = nil
    record.task.program = Program(stages: [stage])
    #expect(!SummaryText(record, style: .plain).text.contains("replies as"))
    #expect(!HTMLReport(record).render().contains("replies as"))
  }

  @Test func `A lead that may be chance is called that in the first line`() throws {
    var record = try SampleRun().record()
    record.result?.comparison?.pValue = 0.2
    let text = SummaryText(record, style: .plain).text
    let title = "support-tickets: +36.3 points on unseen examples, which may be chance"
    #expect(text.hasPrefix(title + "\n"))
  }

  @Test(arguments: [20, 40, 80, 200])
  func `No line is wider than the terminal`(columns: Int) throws {
    var sample = SampleRun()
    sample.proposals = [String(repeating: "unbroken", count: 30), "two", "three \u{1B}[2J"]
    sample.scores = [0.1, 0.9, 0.2, 0.3]
    let text = SummaryText(try sample.record(), columns: columns, style: .plain).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(String(line)) <= columns, "\(line)")
    }
  }

  @Test func `Without a test score nothing is claimed`() throws {
    var record = try SampleRun().record()
    record.result?.comparison = nil
    let text = SummaryText(record, style: .plain).text.replacing("\n", with: " ")
    #expect(text.contains("There is no test score, so nothing is claimed for new examples."))
  }

  @Test func `When the seed stands the summary says so`() throws {
    var record = try SampleRun().record()
    let seed = try #require(record.result?.seed)
    record.result?.best = seed
    let test = record.result?.seedTest
    record.result?.bestTest = test
    record.result?.comparison = nil
    let text = SummaryText(record, style: .plain).text
    #expect(text.hasPrefix("support-tickets: no better prompt was found\n"))
    #expect(text.contains("The prompt stays as it is:"))
    // 4 of 12 are right.
    #expect(text.contains("  seed        33.3 %        13.8 – 60.9 % (95 % interval)"))
    #expect(!text.contains("There is no test score"))
  }

  @Test(arguments: [
    (0.04, "0.0 s"), (9.96, "10 s"), (59.6, "1 min 00 s"), (125, "2 min 05 s"),
    (3_600, "1 h 00 min"), (90_000, "1 d 01 h"), (-.infinity, "–"), (.nan, "–"),
  ])
  func `Durations use two units at most`(seconds: Double, text: String) {
    #expect(Figures.duration(seconds) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (5000, "5000"), (12_345, "12 345"), (1_234_567, "1 234 567"),
  ])
  func `Large counts are grouped`(number: Int, text: String) {
    #expect(Figures.count(number, separator: " ") == text)
  }

  @Test(arguments: [
    (0.000_4, "p < 0.001"), (0.021, "p = 0.021"), (0.5, "p = 0.50"), (1.0, "p = 1.00"),
    (Double.nan, "p unknown"),
  ])
  func `p-values are written as readers expect`(value: Double, text: String) {
    #expect(Figures.pValue(value) == text)
  }

  @Test func `Scores that are not shares stay plain numbers`() {
    let format = ScoreFormat(fitting: [0.2, 7.5])
    #expect(format.text(7.5) == "7.500")
    #expect(format.difference(-0.25) == "−0.250")
    #expect(ScoreFormat(fitting: [0.2, 1]).text(nil) == "–")
  }
}
