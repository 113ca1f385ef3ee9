// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneModels
import HoneReport

/// What `hone models test` says of a price and of a run.
enum TrialText {
  /// The price of a model in a line.
  static func price(_ entry: PriceTable.Entry?, file: String) -> String {
    guard let entry else { return "not known; write it into \(file)" }
    let price = entry.price
    guard price != .free else { return "nothing" }
    var parts = ["\(amount(price.prompt)) read"]
    if let cached = price.cachedPrompt { parts.append("\(amount(cached)) read from its cache") }
    parts.append("\(amount(price.completion)) written")
    return "a million tokens: " + parts.joined(separator: ", ")
      + (entry.date.map { " (as of \($0))" } ?? "")
  }

  /// What the rows of a task showed, and what a run takes.
  static func lines(
    _ path: String,
    _ found: (
      evaluation: Evaluation, spend: Spend, forecast: TaskTrial.Forecast
    )
  ) -> [String] {
    let (forecast, usage) = (found.forecast, found.spend.totalUsage)
    let rows = found.evaluation.results.count
    func number(_ count: Int, _ noun: String) -> String {
      Figures.count(count, noun, separator: " ")
    }
    var lines = [
      "", "\(path), asked about \(number(rows, "row")):",
      "  answers         \(answers(found.evaluation))",
      "  a row           \(number(usage.promptTokens / max(1, rows), "token")) read, "
        + "\(usage.completionTokens / max(1, rows)) written",
      "A whole run at this rate, all calls by this model:",
      "  calls           \(Figures.count(forecast.calls, separator: " ")) at most",
      "  tokens          about \(Figures.count(forecast.tokens, separator: " "))",
      "  time            about \(Figures.duration(forecast.seconds))",
    ]
    if let dollars = forecast.dollars, let most = forecast.dollarsAtMost {
      lines.append(
        "  money           about \(Figures.dollars(dollars)), \(Figures.dollars(most)) at most")
    } else {
      lines.append("  money           not known")
    }
    return lines
  }

  private static func answers(_ evaluation: Evaluation) -> String {
    var counts: [String: Int] = [:]
    for result in evaluation.results { counts[result.outcome.name, default: 0] += 1 }
    let read = counts.removeValue(forKey: "scored") ?? 0
    let others = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return (["\(read) of \(evaluation.results.count) read"] + others).joined(separator: ", ")
  }

  private static func amount(_ dollars: Double) -> String {
    dollars == dollars.rounded() ? String(format: "$%.0f", dollars) : "$\(dollars)"
  }
}
