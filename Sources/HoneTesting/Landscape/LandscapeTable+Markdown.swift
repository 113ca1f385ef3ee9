// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension LandscapeTable {
  /// The table: a row a method, a column a quality; mean true score with its 95 % interval, and calls.
  ///
  /// The best mean of a column is bold. So is every mean whose difference from it, landscape by
  /// landscape, has an interval that holds 0: on these landscapes they are not told apart.
  public var markdown: String {
    var lines = [
      "| method | " + qualities.map { "quality \($0)" }.joined(separator: " | ") + " | calls |",
      String(repeating: "|---", count: qualities.count + 2) + "|",
    ]
    let winners = qualities.indices.map(winners)
    for (index, method) in methods.enumerated() {
      let shown = qualities.indices.map { column in
        text(of: cells[index][column], isBold: winners[column].contains(index))
      }
      let calls = cells[index].flatMap(\.calls)
      let mean = calls.reduce(0, +) / max(1, calls.count)
      lines.append("| \(method) | \(shown.joined(separator: " | ")) | \(mean) |")
    }
    return lines.joined(separator: "\n")
  }

  /// The methods that win at a quality: the best and those not told apart from it.
  public func winners(at quality: Int) -> Set<Int> {
    let means = cells.map { row in row[quality].scores.reduce(0, +) }
    guard let best = means.indices.max(by: { means[$0] < means[$1] }) else { return [] }
    let others = means.indices.filter { other in
      let gaps = zip(cells[best][quality].scores, cells[other][quality].scores).map { $0 - $1 }
      return (EstimatedMean.bootstrap(gaps, seed: 1)?.lower ?? 0) <= 0
    }
    return Set(others + [best])
  }

  /// The methods that are worse than a given one at a quality, told apart by the paired difference.
  public func losers(to name: String, at quality: Int) -> [Int] {
    guard let base = methods.firstIndex(of: name) else { return [] }
    return cells.indices.filter { other in
      let gaps = zip(cells[base][quality].scores, cells[other][quality].scores).map { $0 - $1 }
      return other != base && (EstimatedMean.bootstrap(gaps, seed: 1)?.lower ?? 0) > 0
    }
  }

  private func text(of cell: Cell, isBold: Bool) -> String {
    guard let estimate = EstimatedMean.bootstrap(cell.scores, seed: 1) else { return "–" }
    let mean = percent(estimate.mean)
    let interval = "(\(percent(estimate.lower)) – \(percent(estimate.upper)))"
    return (isBold ? "**\(mean)**" : mean) + " " + interval
  }

  private func percent(_ share: Double) -> String {
    String(format: "%.1f", 100 * share)
  }
}
