// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// How scores are written: as percent when all of them are shares, else as plain numbers.
public struct ScoreFormat: Sendable, Hashable {
  /// Whether scores are shares of 1.
  public var isShare: Bool

  /// Creates a format.
  public init(isShare: Bool) {
    self.isShare = isShare
  }

  /// The format that suits the given scores; percent when there are none.
  public init(fitting scores: some Sequence<Double>) {
    isShare = scores.allSatisfy { (0...1.000_001).contains($0) }
  }

  /// The format that suits every score of a record.
  public init(of record: RunRecord) {
    var scores = record.dev.compactMap(\.score)
    for timed in record.events {
      if case .evaluated(_, _, let score?, _, _) = timed.event { scores.append(score) }
    }
    if let comparison = record.result?.comparison {
      scores += [comparison.first.mean, comparison.second.mean]
    }
    self.init(fitting: scores)
  }

  /// A score, such as `78.3 %`; a dash when there is none.
  public func text(_ score: Double?) -> String {
    guard let score, score.isFinite else { return "–" }
    return isShare ? Self.percent(score) + " %" : String(format: "%.3f", score)
  }

  /// A score at the axis of a chart, such as `80 %`.
  func tick(_ score: Double) -> String {
    guard isShare else {
      let text = String(format: "%.3f", score)
      return text.hasSuffix(".000") ? String(text.dropLast(4)) : text
    }
    let percent = score * 100
    return abs(percent - percent.rounded()) < 1e-6
      ? "\(Int(percent.rounded())) %" : Self.percent(score) + " %"
  }

  /// A difference with its sign, such as `+12.5 points`.
  public func difference(_ difference: Double?) -> String {
    guard let difference, difference.isFinite else { return "–" }
    let number =
      isShare
      ? Self.percent(abs(difference)) : String(format: "%.3f", abs(difference))
    let sign = difference < 0 ? "−" : difference > 0 ? "+" : "±"
    return sign + number + (isShare ? " points" : "")
  }

  /// An interval, such as `62.0 – 74.1 %`.
  public func interval(_ mean: EstimatedMean) -> String {
    guard mean.lower.isFinite, mean.upper.isFinite else { return "–" }
    return isShare
      ? "\(Self.percent(mean.lower)) – \(Self.percent(mean.upper)) %"
      : String(format: "%.3f – %.3f", mean.lower, mean.upper)
  }

  /// A share in percent with one decimal; halves are rounded up, as readers do.
  private static func percent(_ share: Double) -> String {
    String(format: "%.1f", (share * 1000).rounded() / 10)
  }

  /// An interval of a difference, such as `+3.1 to +14.0 points`.
  public func differenceInterval(_ mean: EstimatedMean) -> String {
    guard mean.lower.isFinite, mean.upper.isFinite else { return "–" }
    let lower = difference(mean.lower).replacing(" points", with: "")
    return lower + " to " + difference(mean.upper)
  }
}
