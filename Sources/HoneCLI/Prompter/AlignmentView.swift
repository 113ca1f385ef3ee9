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
      var shown: [AlignmentRound] = []
    }

    /// What is trained.
    enum Subject {
      case prompter
      /// The model that answers, by the same reward.
      case oracle
    }

    private let subject: Subject
    private let console: Console
    private let rounds: Int
    private let region: LiveRegion?
    private let clock = Mutex(Clock())

    init(_ subject: Subject = .prompter, console: Console, rounds: Int) {
      self.subject = subject
      self.console = console
      self.rounds = rounds
      region = console.isTerminal ? LiveRegion(console: console) : nil
    }

    /// Shows the rounds that are over, of an alignment that goes on.
    func begin(after done: [AlignmentRound]) {
      if !done.isEmpty {
        let what = subject == .oracle ? " of the oracle" : ""
        console.error("Going on after round \(done.count) of \(rounds)\(what).")
      }
      say(heading)
      for round in done { say(line(round)) }
      clock.withLock { $0 = Clock(shown: done) }
    }

    /// Shows what is done now.
    func show(_ stage: AlignmentStage) {
      guard let region else { return }
      let what =
        switch stage.part {
        case .drawing:
          "writing \(Figures.count(stage.count, subject == .oracle ? "answer" : "rewrite"))"
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
      clock.withLock { clock in
        clock.rounds += 1
        clock.shown.append(round)
      }
      say(line(round))
    }

    /// All rounds that were shown.
    var shown: [AlignmentRound] { clock.withLock(\.shown) }

    /// Takes the line of what is being done away.
    func end() { region?.clear() }

    private func say(_ text: String) {
      region?.clear()
      console.out(text)
    }

    private var heading: String {
      switch subject {
      case .prompter: "round   reward  as written  variance   wins  divergence  moved  updates"
      case .oracle: "oracle  reward  variance  divergence  moved  updates"
      }
    }

    private func line(_ round: AlignmentRound) -> String {
      let place = "\(round.round)/\(rounds)"
      let width = subject == .oracle ? 6 : 5
      var line = String(repeating: " ", count: max(0, width - place.count)) + place
      line += String(format: subject == .oracle ? "  %6.3f" : "  %7.3f", round.meanReward)
      // What the oracle is given is no answer of its own, so there is nothing to compare.
      if subject == .prompter { line += String(format: "  %10.3f", round.plainReward) }
      line += String(format: "  %8.4f", round.rewardVariance)
      if subject == .prompter { line += String(format: "  %3.0f %%", 100 * round.winRate) }
      return line
        + String(format: "  %10.2f  %5.3f  %7d", round.divergence, round.moved, round.updates)
    }
  }
#endif
