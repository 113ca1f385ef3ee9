// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneReport
import HoneRuns

/// Runs as lines of a table.
struct RunTable: Sendable {
  private let runs: [RunListing]
  private let style: TerminalStyle

  init(_ runs: [RunListing], style: TerminalStyle) {
    self.runs = runs
    self.style = style
  }

  var text: String {
    let header = ["run", "task", "status", "seed", "best", "calls"]
    return TextTable(header: header, rows: runs.map(row), style: style).text
  }

  private func row(_ run: RunListing) -> [String] {
    if let problem = run.problem { return [run.name, "", VisibleText.line(problem), "", "", ""] }
    let format = ScoreFormat(fitting: [run.seedScore, run.bestScore].compactMap(\.self))
    // A status of running without a process is that of a run that was killed.
    let status =
      run.status == .running && run.process == nil ? "killed, can be resumed" : run.status.word
    return [
      run.name, VisibleText.line(run.task), status, format.text(run.seedScore),
      format.text(run.bestScore), Figures.count(run.calls, separator: " "),
    ]
  }
}
