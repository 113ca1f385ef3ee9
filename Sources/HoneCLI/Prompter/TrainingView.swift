// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneReport
  import HoneTraining
  import Synchronization

  /// Shows where a training stands: one line that changes on a terminal, else a line now and then.
  final class TrainingView: Sendable {
    private struct Shown {
      var start = Date()
      /// Where the clock began: after the first update, which measuring and warming up precede.
      var firstStep: Int?
      var firstTokens = 0
      var last = Date.distantPast
      var measured: Double?
    }

    private let console: Console
    private let isQuiet: Bool
    private let region: LiveRegion?
    private let shown = Mutex(Shown())

    init(console: Console, isQuiet: Bool) {
      self.console = console
      self.isQuiet = isQuiet
      region = console.isTerminal && !isQuiet ? LiveRegion(console: console) : nil
    }

    /// Tells that the work before the first update goes on.
    func begin() {
      region?.show(["measuring before the first update"])
    }

    /// Says something beside the progress.
    func say(_ text: String) {
      guard !isQuiet else { return }
      if let region { region.say(text) } else { console.error(text) }
    }

    /// Shows where the training stands.
    func show(_ progress: TrainingProgress) {
      guard !isQuiet else { return }
      let now = Date()
      let (line, isNews) = shown.withLock { shown in
        if shown.firstStep == nil {
          (shown.start, shown.firstStep, shown.firstTokens) = (now, progress.step, progress.tokens)
        }
        let isNews = progress.validationLoss != shown.measured
        shown.measured = progress.validationLoss
        let isDue = isNews || now.timeIntervalSince(shown.last) >= (region == nil ? 5 : 0.2)
        guard isDue else { return (String?.none, false) }
        shown.last = now
        return (Self.line(progress, shown, now: now), isNews)
      }
      guard let line else { return }
      if let region, !isNews {
        region.show([DisplayWidth.cut(line, to: console.size.columns)])
      } else {
        say(line)
      }
    }

    /// Takes the line away.
    func end() {
      region?.clear()
    }

    private static func line(
      _ progress: TrainingProgress, _ shown: Shown, now: Date
    ) -> String {
      var line = "update \(progress.step)/\(progress.totalSteps)"
      line += String(format: " · loss %.3f", progress.loss)
      if let loss = progress.validationLoss { line += String(format: ", set aside %.3f", loss) }
      let done = progress.step - (shown.firstStep ?? 0)
      guard done > 0 else { return line }
      let seconds = max(1e-3, now.timeIntervalSince(shown.start))
      let tokens = Double(progress.tokens - shown.firstTokens) / seconds
      if tokens > 0 { line += " · \(Figures.count(Int(tokens))) tokens/s" }
      let left = seconds / Double(done) * Double(progress.totalSteps - progress.step)
      return line + " · \(Figures.duration(left)) left"
    }
  }
#endif
