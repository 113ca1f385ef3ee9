// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneReport

/// What is said of a comparison.
struct ComparisonText: Sendable {
  private let comparison: PairedComparison
  private let names: (String, String)
  private let style: TerminalStyle

  init(_ comparison: PairedComparison, names: (String, String), style: TerminalStyle) {
    self.comparison = comparison
    self.names = names
    self.style = style
  }

  var text: String {
    let format = ScoreFormat(fitting: [comparison.first.mean, comparison.second.mean])
    let table = TextTable(
      header: ["", "score", "95 % interval"],
      rows: [
        [
          "A  " + Self.short(names.0), format.text(comparison.first.mean),
          format.interval(comparison.first),
        ],
        [
          "B  " + Self.short(names.1), format.text(comparison.second.mean),
          format.interval(comparison.second),
        ],
        [
          "B − A", format.difference(comparison.difference.mean),
          format.differenceInterval(comparison.difference),
        ],
      ], style: style)
    return table.text + "\n"
      + "\(Figures.count(comparison.pairs, "row")): B is better on \(comparison.wins), worse on "
      + "\(comparison.losses); \(Figures.name(of: comparison.test)), "
      + Figures.pValue(comparison.pValue)
  }

  private static func short(_ name: String) -> String {
    DisplayWidth.cut(VisibleText.line(name), to: 32)
  }
}
