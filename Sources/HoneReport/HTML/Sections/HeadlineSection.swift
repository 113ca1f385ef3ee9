// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The claim in one line and the four figures behind it.
struct HeadlineSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    let record = context.record
    return """
      <header>
      <p class="eyebrow">\(VisibleText.line(record.task.name)) · \(record.task.optimizer.name) · \
      \(day) · run \(VisibleText.line(record.id))</p>
      <h1>\(title)</h1>
      <p class="lead">\(lead)</p>
      \(banner)
      \(tiles)
      \(intervals)
      </header>
      """
  }

  private var day: String {
    record.started.formatted(
      .verbatim(
        "\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits)",
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
        calendar: .init(identifier: .gregorian)))
  }

  private var record: RunRecord { context.record }
  private var metric: String { Figures.name(of: record.task.metric) }

  private var title: Markup {
    guard let result = record.result else {
      return "Best so far: \(context.format.text(context.trace.best.last?.value))"
    }
    guard let comparison = result.comparison, result.best.id != result.seed.id else {
      return result.best.id == result.seed.id
        ? "No better prompt was found"
        : "\(Figures.sentenceCase(metric)) on dev: \(arrow(result.seedDevScore, result.bestDevScore))"
    }
    return """
      \(Figures.sentenceCase(metric)) on unseen examples: \
      \(arrow(comparison.first.mean, comparison.second.mean))
      """
  }

  private func arrow(_ before: Double?, _ after: Double?) -> Markup {
    """
    <span class="nobreak">\(context.format.text(before)) \
    <span class="arrow" aria-label="to">→</span> \
    <strong>\(context.format.text(after))</strong></span>
    """
  }

  private var lead: String {
    if let conclusion = record.result?.conclusion, !conclusion.isEmpty { return conclusion }
    return
      "The search is not at its end, so nothing is claimed yet; the test split is still sealed."
  }

  private var banner: Markup {
    switch record.status {
    case .finished: .none
    case .running: "<p class=\"banner\">This run was at work when the report was made.</p>"
    case .interrupted:
      """
      <p class="banner">This run was interrupted. \
      <code>hone resume \(VisibleText.line(record.id))</code> goes on with it.</p>
      """
    case .failed(let message):
      "<p class=\"banner bad\">This run ended with an error: \(VisibleText.line(message))</p>"
    }
  }

  private var tiles: Markup {
    var tiles: [Markup] = []
    if let comparison = record.result?.comparison {
      tiles.append(
        tile(
          "Seed", context.format.text(comparison.first.mean),
          context.format.interval(comparison.first)))
      tiles.append(
        tile(
          "Best", context.format.text(comparison.second.mean),
          context.format.interval(comparison.second)))
      tiles.append(
        tile(
          "Difference", context.format.difference(comparison.difference.mean),
          "\(Figures.pValue(comparison.pValue)) · \(comparison.wins) won, \(comparison.losses) lost"
        ))
    } else if let result = record.result, let test = result.seedTest,
      result.best.id == result.seed.id
    {
      let interval = record.testMean(test).map(context.format.interval) ?? ""
      tiles.append(tile("Seed on test", context.format.text(test.score), interval))
      tiles.append(
        tile(
          "Seed on dev", context.format.text(seedDev),
          isAboveAllOnDev(result.seed)
            ? "no candidate was above it" : "none was above it on training rows too"))
    } else {
      tiles.append(tile("Seed on dev", context.format.text(seedDev), "chosen on these rows"))
      tiles.append(tile("Best on dev", context.format.text(bestDev), "so no claim for new ones"))
    }
    let spend = record.spend
    tiles.append(
      tile(
        "Cost", Figures.count(spend.totalCalls, "call"),
        "\(Figures.count(spend.totalUsage.tokens, "token")) · \(Figures.duration(spend.seconds))"))
    return "<dl class=\"tiles\">\(tiles)</dl>"
  }

  /// Whether no candidate scored on as many dev rows has a higher score.
  private func isAboveAllOnDev(_ candidate: Candidate) -> Bool {
    let dev = context.record.dev
    guard let own = dev.first(where: { $0.candidate == candidate.id }), let score = own.score else {
      return true
    }
    return dev.allSatisfy {
      $0.results.count < own.results.count || $0.score ?? -.infinity <= score
    }
  }

  private var seedDev: Double? {
    record.result?.seedDevScore ?? context.trace.best.first?.value
  }

  private var bestDev: Double? {
    record.result?.bestDevScore ?? context.trace.best.last?.value
  }

  private func tile(_ name: String, _ figure: String, _ note: String) -> Markup {
    """
    <div class="tile"><dt>\(name)</dt><dd class="figure">\(figure)</dd><dd class="note">\(note)</dd></div>
    """
  }

  private var intervals: Markup {
    guard let result = record.result, let comparison = result.comparison else { return .none }
    let chart = IntervalChart(
      seed: comparison.first, best: comparison.second, format: context.format)
    return """
      <figure>\(chart.markup)
      <figcaption>\(Figures.sentenceCase(metric)) on \(Figures.count(comparison.pairs, "test row")) \
      that no prompt was chosen on, with 95 % intervals; \(Figures.name(of: comparison.test)), \
      \(Figures.pValue(comparison.pValue)), difference \
      \(context.format.differenceInterval(comparison.difference)).</figcaption></figure>
      """
  }
}
