// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The end of a run as text: the best prompt, the evidence, the cost and the reason.
public struct SummaryText: Sendable {
  /// The run.
  public let record: RunRecord
  /// The terminal's width.
  public let columns: Int
  /// Colour or none.
  public let style: TerminalStyle

  /// Creates a summary.
  public init(_ record: RunRecord, columns: Int = 80, style: TerminalStyle) {
    self.record = record
    self.columns = min(max(columns, 20), 100)
    self.style = style
  }

  /// The text, ending in a line feed.
  public var text: String {
    let blocks =
      record.result.map { [title($0), prompt($0), evidence($0), cost, reason($0)] }
      ?? [unfinished, cost]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private var format: ScoreFormat { ScoreFormat(of: record) }

  private func title(_ result: RunResult) -> [String] {
    let name = VisibleText.line(record.task.name)
    guard result.best.id != result.seed.id else {
      return wrapped("\(name): no better prompt was found").map(style.bold)
    }
    guard let comparison = result.comparison else {
      let gain = (result.bestDevScore ?? 0) - (result.seedDevScore ?? 0)
      return wrapped("\(name): \(format.difference(gain)) on dev; not tested").map(style.bold)
    }
    let gain = format.difference(comparison.difference.mean)
    // Nobody should take a lead that may be chance from the first line.
    let doubt = comparison.pValue < 0.05 ? "" : ", which may be chance"
    return wrapped("\(name): \(gain) on unseen examples\(doubt)").map(style.bold)
  }

  private func prompt(_ result: RunResult) -> [String] {
    let best = result.best
    let origin =
      best.id == result.seed.id
      ? "The prompt stays as it is:"
      : "The best prompt (step \(best.lineage.step), \(VisibleText.line(best.lineage.move))):"
    let found = best.text(of: record.task.program)
    let text = found.isEmpty ? "(empty)" : VisibleText.of(found)
    var lines =
      wrapped(origin)
      + DisplayWidth.wrap(text, to: columns - 4).map { style.accent("  │ ") + $0 }
    if let formats = best.searchedFormats(of: record.task.program) {
      lines += wrapped("  " + formats)
    }
    if best.demonstrationCount != result.seed.demonstrationCount {
      let count = Figures.count(best.demonstrationCount, "demonstration", separator: " ")
      lines += wrapped("  with \(count); hone show \(record.id) prints the messages")
    }
    return lines
  }

  private func evidence(_ result: RunResult) -> [String] {
    guard let comparison = result.comparison else {
      if let test = result.seedTest, result.best.id == result.seed.id { return kept(test) }
      return wrapped(
        "On dev: seed \(format.text(result.seedDevScore)), best \(format.text(result.bestDevScore)). "
          + "There is no test score, so nothing is claimed for new examples.")
    }
    let test =
      "\(Figures.count(comparison.pairs, "test row", separator: " ")): "
      + "\(comparison.wins) won, \(comparison.losses) lost; \(Figures.name(of: comparison.test)), "
      + Figures.pValue(comparison.pValue)
    return [
      row("seed", format.text(comparison.first.mean), format.interval(comparison.first)),
      row("best", format.text(comparison.second.mean), format.interval(comparison.second)),
      row(
        "difference", format.difference(comparison.difference.mean),
        format.differenceInterval(comparison.difference)),
    ] + wrapped(test).map { "  " + $0 }
  }

  /// The test of the seed alone, when nothing was better.
  private func kept(_ test: Evaluation) -> [String] {
    let rows = Figures.count(test.results.count, "test row", separator: " ")
    guard let mean = record.testMean(test) else {
      return wrapped("It scores \(format.text(test.score)) on \(rows).")
    }
    return [row("seed", format.text(mean.mean), format.interval(mean))] + wrapped("  on \(rows)")
  }

  private func row(_ name: String, _ figure: String, _ interval: String) -> String {
    let start = "  " + DisplayWidth.pad(name, to: 12) + DisplayWidth.pad(figure, to: 14)
    let whole = start + interval + " (95 % interval)"
    if DisplayWidth.of(whole) <= columns { return whole }
    let short = start + interval
    return DisplayWidth.of(short) <= columns
      ? short : DisplayWidth.cut("  \(name) \(figure)", to: columns)
  }

  private var cost: [String] {
    var line = BudgetUse(spend: record.spend, budget: record.task.budget).text
    if record.cachedCalls > 0 {
      line += " · \(Figures.count(record.cachedCalls, "call", separator: " ")) from earlier runs"
    }
    let endings = EndingsLine.parts(of: record.spend.totalEndings)
    return
      (wrapped("Used " + line)
      + (endings.isEmpty ? [] : wrapped("Answers: " + endings.joined(separator: " · "))))
      .map(style.dim)
  }

  private func reason(_ result: RunResult) -> [String] {
    let sentence =
      result.conclusion.isEmpty
      ? "The search ended because \(result.end.clause)." : VisibleText.line(result.conclusion)
    return wrapped(sentence)
  }

  private var unfinished: [String] {
    let trace = RunTrace(record)
    var lines = wrapped("\(VisibleText.line(record.task.name)): \(record.status.word)").map(
      style.bold)
    if case .failed(let message) = record.status { lines += wrapped(VisibleText.line(message)) }
    lines += wrapped(
      "Best so far \(format.text(trace.best.last?.value)), seed \(format.text(trace.best.first?.value))"
        + " on \(trace.split.rawValue), after \(Figures.count(trace.lastStep, "step")).")
    return lines
  }

  private func wrapped(_ text: String) -> [String] {
    DisplayWidth.wrap(text, to: columns)
  }
}
