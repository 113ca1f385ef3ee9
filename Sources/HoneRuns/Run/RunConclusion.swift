// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// One sentence on what a run found and how sure it is.
struct RunConclusion {
  /// Above this p-value a difference may well be chance.
  static let significance = 0.05

  private let task: PromptTask
  private let result: RunResult
  /// Whether training rows decided too.
  private let isConfirmed: Bool
  private let shortage: BudgetExhausted?

  init(task: PromptTask, result: RunResult, isConfirmed: Bool, shortage: BudgetExhausted?) {
    self.task = task
    self.result = result
    self.isConfirmed = isConfirmed
    self.shortage = shortage
  }

  var sentence: String {
    if result.best.id == result.seed.id { return nothingBetter }
    if let comparison = result.comparison { return tested(comparison) }
    if let shortage {
      return "The best prompt reaches \(figure(result.bestDevScore)) on dev against the seed's "
        + "\(figure(result.seedDevScore)), but it was not tested, because \(shortage)."
    }
    if result.testExamples.isEmpty {
      return "The best prompt reaches \(figure(result.bestDevScore)) on dev against the seed's "
        + "\(figure(result.seedDevScore)); without a test split this may be luck in the choice, "
        + "so give the task one to be sure."
    }
    return "The best prompt could not be compared with the seed, because no test example has a "
      + "counted outcome under both."
  }

  private var nothingBetter: String {
    // Of both kinds of rows together there is no figure.
    let figure = isConfirmed ? nil : result.seedDevScore.map(figure)
    let seed = figure.map { "the seed's \($0) on dev" } ?? "the seed on dev"
    let rows = isConfirmed ? " and training rows together" : ""
    return "No prompt beat \(seed)\(rows), so the seed is kept; the search ended because "
      + "\(endReason)."
  }

  private func tested(_ comparison: PairedComparison) -> String {
    let first = figure(comparison.first.mean)
    let second = figure(comparison.second.mean)
    let change = points(abs(comparison.difference.mean))
    let sure = comparison.pValue < Self.significance
    let facts = "p = \(pValue(comparison.pValue)), \(comparison.pairs) examples"
    if comparison.difference.mean > 0 {
      return "On test the best prompt reaches \(second), \(change) above the seed's \(first) "
        + (sure
          ? "(\(facts)); so large a difference is hardly chance."
          : "(\(facts)); a difference of this size may be chance, more test examples would tell.")
    }
    if comparison.difference.mean == 0 {
      return "On test the best prompt is no better than the seed: both reach \(first) (\(facts)); "
        + "its lead on \(leadRows) was luck."
    }
    return "On test the best prompt reaches \(second), \(change) below the seed's \(first) "
      + "(\(facts)); its lead on \(leadRows) was luck, so keep the seed."
  }

  /// The rows on which the best was ahead of the seed.
  private var leadRows: String {
    guard let best = result.bestDevScore, let seed = result.seedDevScore, best <= seed else {
      return "dev"
    }
    return "dev and training rows together"
  }

  private var endReason: String {
    switch result.end {
    case .finished: "all steps were taken"
    case .plateau(let steps): "nothing better was found for \(count(steps, "step"))"
    case .perfect: "every dev example was right"
    case .budget(let exhausted): exhausted.description
    case .noProposals(let steps): "no new proposal came for \(count(steps, "step"))"
    }
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func figure(_ score: Double?) -> String {
    guard let score, score.isFinite else { return "no score" }
    return task.metric.isBinary ? percent(score) + " %" : String(format: "%.3f", score)
  }

  private func points(_ difference: Double) -> String {
    task.metric.isBinary
      ? percent(difference) + " points" : String(format: "%.3f", difference)
  }

  private func percent(_ share: Double) -> String {
    String(format: "%.1f", (share * 1000).rounded() / 10).replacingOccurrences(of: ".0", with: "")
  }

  private func pValue(_ value: Double) -> String {
    value < 0.0001 ? "0.0001 or less" : String(format: value < 0.1 ? "%.4f" : "%.2f", value)
  }
}
