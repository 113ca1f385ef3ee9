// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneReport

@Suite struct ChartTests {
  @Test(
    arguments: [
      ([], 0...1), ([0.5], 0.45...0.55), ([0, 0, 0], 0...0.05), ([1.0], 0.92...1),
      ([0.2, 0.7], 0.16...0.74), ([.nan, 0.5, .infinity], 0.45...0.55),
    ] as [([Double], ClosedRange<Double>)])
  func `A domain holds its values with a margin, inside the limits`(
    values: [Double], domain: ClosedRange<Double>
  ) {
    let found = LinearScale.domain(around: values, within: 0...1)
    #expect(abs(found.lowerBound - domain.lowerBound) < 1e-9)
    #expect(abs(found.upperBound - domain.upperBound) < 1e-9)
  }

  @Test(
    arguments: [
      (0...1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0...100, 4, [0, 50, 100]), (-1...1, 2, [-1, 0, 1]),
      (0.3...0.3, 5, [0.3]), (0...0, 3, [0]),
    ] as [(ClosedRange<Double>, Int, [Double])])
  func `Ticks are round numbers inside the domain`(
    domain: ClosedRange<Double>, wanted: Int, ticks: [Double]
  ) {
    let found = LinearScale(domain, from: 0, to: 100).ticks(wanted)
    #expect(found.count == ticks.count)
    for (a, b) in zip(found, ticks) { #expect(abs(a - b) < 1e-9) }
  }

  @Test func `A scale maps the ends of its domain to the ends of its line`() {
    let scale = LinearScale(0.2...0.6, from: 300, to: 10)
    #expect(scale(0.2) == 300)
    #expect(abs(scale(0.6) - 10) < 1e-9)
    #expect(abs(scale(0.4) - 155) < 1e-9)
    #expect(LinearScale(1...1, from: 0, to: 50)(1) == 25)
    #expect(scale(.nan).isFinite)
  }

  @Test(arguments: [0, 1, 2, 40])
  func `Charts of any number of candidates hold finite numbers alone`(count: Int) throws {
    var sample = SampleRun()
    sample.proposals = (0..<count).map { "proposal number \($0)" }
    sample.scores = (0...count).map { $0 % 5 == 4 ? nil : Double($0) / Double(count + 1) }
    sample.steps = count
    let page = HTMLReport(try sample.record()).render()
    let numbers = page.matches(of: /(?:cx|cy|x1|x2|y1|y2)="([^"]*)"/)
    #expect(!numbers.isEmpty)
    for number in numbers { #expect(Double(number.1) != nil, "\(number.1)") }
    #expect(!page.contains("=\"nan"))
    let scored = sample.scores.compactMap(\.self).count
    // Each chart is drawn for wide and for narrow screens.
    let dots = page.matches(of: /<circle class="dot[^"]*"[^>]*><title>[^<]*row/).count
    #expect(dots == 2 * scored)
  }

  @Test func `A run without scores has a sentence in place of the chart`() throws {
    var sample = SampleRun()
    sample.scores = [nil, nil, nil, nil]
    sample.hasResult = false
    let page = HTMLReport(try sample.record()).render()
    #expect(page.contains("No candidate has a score yet."))
  }
}

@Suite struct RoundsReportTests {
  private func report(_ values: [Double], beside: [Double]?) -> RoundsReport {
    RoundsReport(
      title: "The prompter <b>", lead: "From “a” & b.",
      figures: [
        RoundsReport.Figure("Reward", caption: "The mean.", values: values, beside: beside),
        RoundsReport.Figure("Win rate", caption: "In percent.", values: values, decimals: 0),
      ], version: "1")
  }

  @Test func `Every figure has a chart for each screen, and every round a row`() {
    let page = report([0.1, 0.25, 0.2], beside: [0.1, 0.1, 0.1]).render()
    #expect(page.components(separatedBy: "<svg ").count == 5)
    #expect(page.components(separatedBy: "class=\"beside-line\"").count == 3)
    #expect(page.contains("<td class=\"number\">0.250 (0.100)</td>"))
    #expect(page.contains("<title>round 2: 0.250</title>"))
    #expect(page.contains("The prompter &lt;b&gt;") && !page.contains("<b>"))
    #expect(page.contains("<desc id=\"figure-0-wide-d\">From 0.100 to 0.200.</desc>"))
  }

  @Test func `A comparison that ends early leaves its cells out`() {
    let page = report([0.1, 0.25], beside: [0.1]).render()
    #expect(page.contains("0.100 (0.100)</td>") && page.contains("0.250</td>"))
  }

  @Test(arguments: [[], [0], [.nan, 1]] as [[Double]])
  func `A page of no rounds, of one and of a figure that is no number is whole`(values: [Double]) {
    let page = report(values, beside: nil).render()
    #expect(page.hasSuffix("</html>\n"))
    #expect(!page.contains("\"nan") && !page.contains("inf,"))
  }
}
