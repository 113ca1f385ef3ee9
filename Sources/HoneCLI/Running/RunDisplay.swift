// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneReport
import HoneRuns
import Synchronization

/// Shows a run at work in the way that was asked for: live, in lines, as JSON, or not at all.
final class RunDisplay: Sendable {
  /// How a run is shown.
  enum Form: Sendable {
    case live, lines, json, quiet
  }

  private struct State {
    var view: RunView
    var lastLine = 0.0
  }

  let form: Form
  private let console: Console
  private let region: LiveRegion
  private let state: Mutex<State>

  init(_ view: RunView, form: Form, console: Console) {
    self.form = form
    self.console = console
    region = LiveRegion(console: console)
    state = Mutex(State(view: view))
  }

  /// Takes in an event.
  func take(_ timed: TimedEvent) {
    let line = state.withLock { state -> String? in
      state.view.apply(timed.event)
      state.lastLine = ProcessInfo.processInfo.systemUptime
      return EventLine.text(for: timed, in: state.view)
    }
    switch form {
    case .json:
      if let data = try? CanonicalJSON.encode(EventDocument.json(timed)) {
        console.out(String(decoding: data, as: UTF8.self))
      }
    case .lines: if let line { console.error(line) }
    case .live: if case .note(let text) = timed.event { region.say(VisibleText.line(text)) }
    case .quiet: break
    }
  }

  /// Draws what was used so far, until cancelled.
  func follow(_ progress: @escaping @Sendable () -> RunProgress) async {
    guard form == .live || form == .lines else { return }
    while !Task.isCancelled {
      draw(progress())
      try? await Task.sleep(for: .milliseconds(150))
    }
  }

  /// Says something above the live view.
  func say(_ text: String) {
    if form == .live { region.say(text) } else { console.error(text) }
  }

  /// Takes the live view away.
  func end() {
    region.clear()
  }

  private func draw(_ progress: RunProgress) {
    let now = ProcessInfo.processInfo.systemUptime
    let (view, isQuiet) = state.withLock { state in
      state.view.apply(
        progress.spend, answered: progress.answeredInBatch, ofBatch: progress.batch)
      state.view.expectedCalls = progress.maximumCalls
      // Plain lines come with the events; a long silence gets a line of its own.
      let isQuiet = state.lastLine > 0 && now - state.lastLine > 10
      if isQuiet || state.lastLine == 0 { state.lastLine = now }
      return (state.view, isQuiet)
    }
    if form == .live {
      let size = console.size
      let frame = LiveFrame(
        view: view, columns: size.columns, rows: min(size.rows, 14), style: console.errorStyle)
      region.show(frame.lines)
    } else if isQuiet {
      let left = view.bar.secondsLeft.map { ", \(Figures.duration($0)) left" } ?? ""
      let batch = view.batch.map { ", \($0.answered) of \($0.size) answers" } ?? ""
      console.error(BudgetUse(spend: view.spend, budget: view.budget).text + batch + left)
    }
  }
}
