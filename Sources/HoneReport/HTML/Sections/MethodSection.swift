// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// How the figures came about, so that the run can be repeated.
struct MethodSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    let task = context.record.task
    let settings = task.optimizer.settings.sorted { $0.key < $1.key }
      .map { "\($0.key) = \(Self.text($0.value))" }
    let items: [Markup] = [
      item("Task", VisibleText.line(task.description)),
      item("Metric", Figures.name(of: task.metric)),
      item("Optimizer", task.optimizer.name),
      item("Settings", settings.isEmpty ? "the defaults" : settings.joined(separator: ", ")),
      item("Seed of everything random", String(task.seed)),
      item("Models", models),
      item("Hone", context.record.version),
    ]
    return """
      <section aria-labelledby="method"><h2 id="method">Method</h2>
      <dl class="facts">\(items)</dl>
      <p class="quiet">Candidates are compared on dev rows; where these are few, the best of them on \
      training rows too. The test rows were sealed until the search was over and then used once, for \
      the seed and the best prompt on the same rows. The interval of \
      a score holds the true score of new rows like these in 95 of 100 such experiments. The p-value \
      is the chance of a difference at least this large if the prompts were equally good.</p>
      </section>
      """
  }

  private var models: String {
    ModelRole.allCases.compactMap { role in
      context.record.models[role].map { "\(role.rawValue): \($0.name) (\($0.digest.prefix(12)))" }
    }.joined(separator: ", ")
  }

  private func item(_ name: String, _ value: String) -> Markup {
    "<div><dt>\(name)</dt><dd dir=\"auto\">\(value.isEmpty ? "–" : value)</dd></div>"
  }

  private static func text(_ value: JSONValue) -> String {
    (try? CanonicalJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
  }
}
