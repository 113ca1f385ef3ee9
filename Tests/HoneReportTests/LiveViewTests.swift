// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@testable import HoneReport

@Suite struct LiveViewTests {
  private func view(of sample: SampleRun = SampleRun(), calls: Int = 1250) throws -> RunView {
    var view = RunView(
      task: "support-tickets", optimizer: "gpo", model: "smollm2-135m-instruct",
      budget: Budget(calls: 5000))
    for timed in try sample.record().events { view.apply(timed.event) }
    view.apply(
      Spend(
        calls: [.task: calls], usage: [.task: Usage(promptTokens: 90_000, completionTokens: 500)],
        seconds: 100))
    return view
  }

  @Test func `Events reduce to the state that is shown`() throws {
    let view = try view()
    #expect(view.seedScore == 0.41)
    #expect(view.bestScore == 0.78)
    #expect(view.step == 3)
    #expect(view.steps == 3)
    #expect(view.stepSize == 10)
    #expect(view.rejected == 3)
    #expect(view.latest.map(\.score) == [0.78, 0.66, 0.52])
    #expect(!view.isTesting)
  }

  @Test func `Progress follows the limit that is nearest`() {
    var view = RunView(
      task: "t", optimizer: "gpo", model: "m", budget: Budget(calls: 1000, seconds: 50))
    #expect(view.fraction == 0)
    view.apply(Spend(calls: [.task: 100], seconds: 25))
    #expect(view.fraction == 0.5)
    #expect(view.bar.secondsLeft == 25)
    view.apply(.stepFinished(step: 9, of: 10, current: "a", best: "a", bestScore: 1))
    #expect(view.fraction == 0.9)
    view.apply(Spend(calls: [.task: 4000], seconds: 60))
    #expect(view.fraction == 1)
    #expect(view.bar.secondsLeft == nil)
  }

  @Test func `A batch at work is told as long as it is`() {
    var view = RunView(task: "t", optimizer: "gpo", model: "m")
    view.apply(Spend(), answered: 12, ofBatch: 60)
    let stage = LiveFrame(view: view, columns: 80, style: .plain).lines[2]
    #expect(stage == "scoring the seed prompt, 12 of 60 answers")
    view.apply(Spend(), answered: 60, ofBatch: 60)
    #expect(LiveFrame(view: view, columns: 80, style: .plain).lines[2] == "scoring the seed prompt")
  }

  @Test func `Without limits and steps there is no made-up progress`() {
    var view = RunView(task: "t", optimizer: "gpo", model: "m")
    view.apply(Spend(calls: [.task: 100], seconds: 25))
    #expect(view.fraction == nil)
    #expect(view.bar.text(columns: 40, style: .plain) == "working …")
  }

  @Test func `The frame in 120 columns`() throws {
    let lines = LiveFrame(view: try view(), columns: 120, style: .plain).lines
    #expect(
      lines == [
        "support-tickets · gpo · smollm2-135m-instruct",
        String(repeating: "█", count: 40) + " 100 %",
        "step 3 of 3, at most 10 words, 3 turned down",
        "best 78.0 %  seed 41.0 %  +37.0 points",
        "1250 of 5000 calls · 90 500 tokens · 1 min 40 s",
        "",
        "   78.0 %  Read the ticket. Answer with exactly one word: billing, shipping, account or technical.",
        "   66.0 %  Read the ticket and name the team: billing, shipping, account or technical.",
        "   52.0 %  Decide which team should answer the ticket. Let's think step by step.",
      ])
  }

  @Test(arguments: [12, 20, 40, 80, 120], [5, 8, 24])
  func `No frame is wider or higher than the terminal`(columns: Int, rows: Int) throws {
    var sample = SampleRun()
    sample.proposals = [
      "短い指示を書いてください。答えは一語で。" + String(repeating: "長", count: 80), "a\nb\u{1B}[2J",
    ]
    sample.scores = [0.1, 0.2, nil]
    let view = try view(of: sample)
    let lines = LiveFrame(view: view, columns: columns, rows: rows, style: .plain).lines
    #expect(lines.count < rows)
    for line in lines {
      #expect(DisplayWidth.of(line) <= columns, "\(line)")
      #expect(!line.contains("\u{1B}") && !line.contains("\n"))
    }
  }

  @Test func `The frame in 40 columns keeps the figures`() throws {
    let lines = LiveFrame(view: try view(), columns: 40, style: .plain).lines
    #expect(lines[3] == "best 78.0 %  seed 41.0 %  +37.0 points")
    #expect(lines[6] == "   78.0 %  Read the ticket. Answer with…")
  }

  @Test func `Colour is written only when asked for`() throws {
    let view = try view()
    let coloured = LiveFrame(view: view, columns: 80, style: .coloured).lines.joined()
    let plain = LiveFrame(view: view, columns: 80, style: .plain).lines.joined()
    #expect(coloured.contains("\u{1B}[32m"))
    #expect(!plain.contains("\u{1B}"))
  }

  @Test func `Plain lines tell of the start, the seed and each step`() throws {
    var view = RunView(task: "t", optimizer: "gpo", model: "m", budget: Budget(calls: 100))
    var lines: [String] = []
    for timed in try SampleRun().record().events {
      view.apply(timed.event)
      if let line = EventLine.text(for: timed, in: view) { lines.append(line) }
    }
    #expect(
      lines == [
        "t: gpo with m, 3 steps", "seed on dev: 41.0 % on 48 rows",
        "step 1 of 3, best 52.0 %, seed 41.0 %, 240 calls",
        "step 2 of 3, best 66.0 %, seed 41.0 %, 440 calls",
        "step 3 of 3, best 78.0 %, seed 41.0 %, 640 calls",
      ])
  }
}
