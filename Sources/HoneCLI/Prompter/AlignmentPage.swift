// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneReport
  import HoneTraining

  /// The rounds of an alignment beside the prompter: `alignment.json` for machines, and
  /// `alignment.html` with the figures of Align-Pro's paper.
  struct AlignmentPage: Sendable {
    let name: String
    let base: String
    let answering: String
    let settings: AlignmentSettings
    let rounds: [AlignmentRound]

    /// Writes both files into a folder.
    /// - Returns: The page's file.
    func write(to folder: URL) throws -> URL {
      let page = folder.appending(path: "alignment.html")
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      do {
        try encoder.encode(rounds).write(
          to: folder.appending(path: "alignment.json"), options: .atomic)
        try Data(report.render().utf8).write(to: page, options: .atomic)
      } catch {
        throw TrainingError(
          .disk, "\(folder.path) cannot be written: \(error.localizedDescription)")
      }
      return page
    }

    var report: RoundsReport {
      let each = Figures.count(settings.prompts * settings.samples, "rewrite")
      return RoundsReport(
        title: "The prompter \(name), aligned",
        lead: "From \(base) by \(settings.method.rawValue.uppercased()) in"
          + " \(Figures.count(rounds.count, "round")) of \(each), rewarded for what \(answering)"
          + " answers.",
        figures: [
          RoundsReport.Figure(
            "Reward", caption: "The mean reward of rewrites; dashed, of the prompts as written.",
            values: rounds.map(\.meanReward), beside: rounds.map(\.plainReward)),
          RoundsReport.Figure(
            "Win rate",
            caption: "How often a rewrite is rewarded more than its prompt, in percent.",
            values: rounds.map { 100 * $0.winRate }, decimals: 0),
          RoundsReport.Figure(
            "Variance", caption: "The variance of the rewards of a round's rewrites.",
            values: rounds.map(\.rewardVariance), decimals: 4),
          RoundsReport.Figure(
            "Divergence",
            caption: "How far the prompter is from the one it began with, in nats a rewrite.",
            values: rounds.map(\.divergence), decimals: 2),
        ], version: HoneVersion.current)
    }
  }
#endif
