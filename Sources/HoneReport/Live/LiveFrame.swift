// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The live view as lines of text, none wider than the terminal.
public struct LiveFrame: Sendable {
  /// What is shown.
  public let view: RunView
  /// The terminal's width.
  public let columns: Int
  /// The most lines.
  public let rows: Int
  /// Colour or none.
  public let style: TerminalStyle

  /// Creates a frame.
  public init(view: RunView, columns: Int, rows: Int = 24, style: TerminalStyle) {
    self.view = view
    self.columns = max(columns, 12)
    self.rows = max(rows, 4)
    self.style = style
  }

  /// The lines, from top to bottom.
  public var lines: [String] {
    var lines = [
      style.bold(cut([view.task, view.optimizer, view.model].joined(separator: " · "))),
      view.bar.text(columns: columns, style: style),
      style.dim(cut(stage)),
      scores,
      style.dim(cut(used)),
    ]
    let room = rows - lines.count - 2
    let latest = view.latest.prefix(max(room, 0)).map(candidate)
    if !latest.isEmpty { lines += [""] + latest }
    return Array(lines.prefix(rows - 1))
  }

  private var stage: String {
    let batch = view.batch.map { ", \($0.answered) of \($0.size) answers" } ?? ""
    if view.isTesting { return "testing seed and best on the test split, opened just now" }
    guard view.step > 0 else { return "scoring the seed prompt" + batch }
    var parts = [view.steps.map { "step \(view.step) of \($0)" } ?? "step \(view.step)"]
    if let size = view.stepSize { parts.append("at most \(Figures.count(size, "word"))") }
    if view.rejected > 0 { parts.append("\(view.rejected) turned down") }
    return parts.joined(separator: ", ") + batch
  }

  private var scores: String {
    guard let seed = view.seedScore, let best = view.bestScore else { return "" }
    let format = view.format
    let gain = best - seed
    let plain =
      "best \(format.text(best))  seed \(format.text(seed))  \(format.difference(gain))"
    guard DisplayWidth.of(plain) <= columns else {
      return cut("best \(format.text(best)) seed \(format.text(seed))")
    }
    let difference = format.difference(gain)
    return "best \(style.bold(format.text(best)))  seed \(format.text(seed))  "
      + (gain > 0 ? style.good(difference) : style.dim(difference))
  }

  private var used: String {
    BudgetUse(spend: view.spend, budget: view.budget).text
  }

  private func candidate(_ line: RunView.CandidateLine) -> String {
    let score = line.score.map { view.format.text($0) } ?? "…"
    let figure = String(repeating: " ", count: max(0, 7 - DisplayWidth.of(score))) + score
    let text = DisplayWidth.cut(VisibleText.line(line.text), to: columns - 11)
    let isBest = line.score != nil && line.score == view.bestScore
    return "  " + (isBest ? style.good(figure) : figure) + "  " + style.dim(text)
  }

  private func cut(_ text: String) -> String {
    DisplayWidth.cut(VisibleText.line(text), to: columns)
  }
}
