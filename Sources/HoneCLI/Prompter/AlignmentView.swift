// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneReport
  import HoneTraining
  import Synchronization

  /// Shows an alignment: a line of figures a round, and on a terminal what is being done.
  final class AlignmentView: Sendable {
    private struct Clock {
      var start = Date()
      var rounds = 0
    }

    private let console: Console
    private let rounds: Int
    private let region: LiveRegion?
    private let clock = Mutex(Clock())

    init(console: Console, rounds: Int) {
      self.console = console
      self.rounds = rounds
      region = console.isTerminal ? LiveRegion(console: console) : nil
    }

    /// Shows the rounds that are over, of an alignment that goes on.
    func begin(after done: [AlignmentRound]) {
      if !done.isEmpty { console.error("Going on after round \(done.count) of \(rounds).") }
      say(Self.heading)
      for round in done { say(line(round)) }
      clock.withLock { $0 = Clock() }
    }

    /// Shows what is done now.
    func show(_ stage: AlignmentStage) {
      guard let region else { return }
      let what =
        switch stage.part {
        case .drawing: "writing \(Figures.count(stage.count, "rewrite"))"
        case .answering: "answering \(Figures.count(stage.count, "rewrite"))"
        case .rewarding: "rewarding \(Figures.count(stage.count, "answer"))"
        case .reading: "computing log-probabilities"
        case .updating: "update \(stage.count)"
        }
      let left = clock.withLock { clock -> Double? in
        guard clock.rounds > 0 else { return nil }
        let each = Date().timeIntervalSince(clock.start) / Double(clock.rounds)
        return each * Double(rounds - stage.round + 1)
      }
      let line =
        "round \(stage.round)/\(rounds) · \(what)"
        + (left.map { " · about \(Figures.duration($0)) left" } ?? "")
      region.show([DisplayWidth.cut(line, to: console.size.columns)])
    }

    /// Shows how a round went.
    func show(_ round: AlignmentRound) {
      clock.withLock { clock in clock.rounds += 1 }
      say(line(round))
    }

    /// Takes the line of what is being done away.
    func end() { region?.clear() }

    private func say(_ text: String) {
      region?.clear()
      console.out(text)
    }

    private static let heading =
      "round   reward  as written  variance   wins  divergence  moved  updates"

    private func line(_ round: AlignmentRound) -> String {
      let place = "\(round.round)/\(rounds)"
      return String(repeating: " ", count: max(0, 5 - place.count)) + place
        + String(
          format: "  %7.3f  %10.3f  %8.4f  %3.0f %%  %10.2f  %5.3f  %7d", round.meanReward,
          round.plainReward, round.rewardVariance, 100 * round.winRate, round.divergence,
          round.moved, round.updates)
    }
  }
#endif
