// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A run's news as plain lines, for logs and pipes.
public enum EventLine {
  /// The line for an event, given the view that has taken it in; nil when it is not news enough.
  public static func text(for timed: TimedEvent, in view: RunView) -> String? {
    switch timed.event {
    case .started(let steps):
      return "\(VisibleText.line(view.task)): \(view.optimizer) with \(view.model)"
        + (steps.map { ", \(Figures.count($0, "step"))" } ?? "")
    case .evaluated(_, let split, let score, let examples, let step)
    where step == 0 || split == .test:
      let what = split == .test ? "test" : "seed on \(split.rawValue)"
      return "\(what): \(view.format.text(score)) on \(Figures.count(examples, "row"))"
    case .stepFinished(let step, let total, _, _, let score):
      var parts = [
        "step \(step)" + (total.map { " of \($0)" } ?? ""), "best \(view.format.text(score))",
      ]
      if let seed = view.seedScore { parts.append("seed \(view.format.text(seed))") }
      parts.append(Figures.count(timed.calls, "call", separator: " "))
      if let left = view.bar.secondsLeft { parts.append("\(Figures.duration(left)) left") }
      return parts.joined(separator: ", ")
    case .note(let text): return VisibleText.line(text)
    case .stepStarted, .proposed, .rejected, .evaluated: return nil
    }
  }
}
