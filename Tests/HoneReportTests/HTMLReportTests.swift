// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneReport

@Suite struct HTMLReportTests {
  private static let hostile = "</script><img src=x onerror=alert(1)>\u{202E}\u{1B}[2J\"'>"

  @Test func `No text of a run becomes markup`() throws {
    var sample = SampleRun()
    sample.seedInstruction = Self.hostile
    sample.proposals = ["seed " + Self.hostile, Self.hostile + " end"]
    sample.scores = [0.4, 0.5, 0.6]
    sample.input = Self.hostile
    var record = try sample.record()
    record.id = Self.hostile
    record.task.name = Self.hostile
    record.task.description = Self.hostile
    record.status = .failed(Self.hostile)
    record.models = [.task: ModelIdentity(name: Self.hostile, digest: Self.hostile)]
    record.result?.conclusion = Self.hostile
    record.events.append(
      TimedEvent(seconds: 1, calls: 1, event: .note(Self.hostile)))
    record.events.append(
      TimedEvent(
        seconds: 1, calls: 1,
        event: .rejected(
          text: Self.hostile, reason: .modelFailed(Self.hostile), move: Self.hostile, step: 1)))
    let page = HTMLReport(record).render()
    #expect(!page.contains("<img"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("</script"))
    #expect(!page.contains("\u{1B}"))
    #expect(!page.contains("\u{202E}"))
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
  }

  @Test func `The page loads nothing and says so to the browser`() throws {
    let page = HTMLReport(try SampleRun().record()).render()
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains("name=\"viewport\""))
    #expect(page.contains("prefers-color-scheme: dark"))
    for loader in ["http://", "https://", "src=", "@import", "url(", "<link", "<script"] {
      #expect(!page.contains(loader), "\(loader)")
    }
  }

  @Test func `Tags are balanced and ids are there once`() throws {
    let page = HTMLReport(try SampleRun().record()).render()
    for tag in [
      "section", "table", "tr", "td", "th", "details", "figure", "svg", "div", "span", "pre",
    ] {
      let opened = page.matches(of: try Regex("<\(tag)[ >]")).count
      let closed = page.components(separatedBy: "</\(tag)>").count - 1
      #expect(opened == closed, "\(tag)")
    }
    let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for link in page.matches(of: /href="#([^"]+)"/) { #expect(ids.contains(String(link.1))) }
  }

  @Test func `Every chart has a title and every table a caption and headers`() throws {
    let page = HTMLReport(try SampleRun().record()).render()
    let charts = page.components(separatedBy: "<svg").dropFirst()
    #expect(charts.count == 6)
    for chart in charts { #expect(chart.contains("<title") && chart.contains("<desc")) }
    for table in page.components(separatedBy: "<table").dropFirst() {
      #expect(table.contains("<caption>") && table.contains("scope=\"col\""))
    }
  }

  @Test func `Rows are counted by what the best prompt did to them`() throws {
    let record = try SampleRun().record()
    let result = try #require(record.result)
    let pairs = ExamplePair.pairs(
      seed: try #require(result.seedTest), best: try #require(result.bestTest),
      examples: result.testExamples)
    let counts = Dictionary(grouping: pairs, by: \.verdict).mapValues(\.count)
    // Seed right on 0 3 6 9; best right on all but 0 4 5 8; 5 has no answer under both.
    #expect(counts == [.won: 5, .lost: 1, .bothRight: 3, .bothWrong: 3])
    let page = HTMLReport(record).render()
    #expect(page.contains("<label for=\"rows-won\">Won <small>5</small>"))
    #expect(page.contains("<label for=\"rows-lost\">Lost <small>1</small>"))
    #expect(page.matches(of: /<tr class="row-/).count == 12)
  }

  @Test func `A refusal or failure is neither won nor lost`() {
    let seed = ExampleResult(example: "1", response: "a", answer: "a", outcome: .scored(Score(1)))
    let best = ExampleResult(
      example: "1", response: "", answer: nil, outcome: .failed(ModelError(.engine, "broken")))
    let pair = ExamplePair(id: "1", example: nil, seed: seed, best: best)
    #expect(pair.verdict == .notCounted)
  }

  @Test func `The claim stands at the top, with its interval and p-value`() throws {
    let page = HTMLReport(try SampleRun().record()).render()
    let header = try #require(page.components(separatedBy: "</header>").first)
    for figure in ["41.3 %", "77.5 %", "+36.3 points", "p &lt; 0.001", "31.1 – 52.2 %"] {
      #expect(header.contains(figure), "\(figure)")
    }
  }

  @Test func `A run that found nothing says so`() throws {
    var record = try SampleRun().record()
    let seed = try #require(record.result?.seed)
    record.result?.best = seed
    record.result?.comparison = nil
    record.result?.conclusion = "No candidate beat the seed on dev."
    let page = HTMLReport(record).render()
    #expect(page.contains("No better prompt was found"))
    #expect(page.contains("No candidate beat the seed on dev."))
    #expect(page.contains("no candidate was above it"))
  }

  @Test func `A seed kept for its training rows is not said to be the highest on dev`() throws {
    var record = try SampleRun().record()
    let seed = try #require(record.result?.seed)
    let other = try #require(record.result?.best)
    record.result?.best = seed
    record.result?.comparison = nil
    func dev(_ candidate: Candidate, _ rows: Int, _ score: Double) -> Evaluation {
      Evaluation(
        candidate: candidate.id,
        results: (0..<rows).map {
          ExampleResult(
            example: "\($0)", response: "", answer: nil, outcome: .scored(Score(score)))
        }, score: score)
    }
    record.dev = [dev(seed, 4, 0.5), dev(other, 4, 0.75)]
    #expect(HTMLReport(record).render().contains("none was above it on training rows too"))
    // What was scored on a part of dev says nothing.
    record.dev = [dev(seed, 4, 0.5), dev(other, 2, 1)]
    #expect(HTMLReport(record).render().contains("no candidate was above it"))
  }

  @Test func `An unfinished run claims nothing`() throws {
    var sample = SampleRun()
    sample.hasResult = false
    sample.status = .interrupted
    let page = HTMLReport(try sample.record()).render()
    #expect(page.contains("the test split is still sealed"))
    #expect(page.contains("hone resume support-tickets-1"))
    #expect(!page.contains("unseen"))
  }
}
