// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The course of the search in two charts.
struct CourseSection: Sendable {
  let context: ReportContext

  var markup: Markup {
    let chart = ScoreChart(
      trace: context.trace, format: context.format, names: context.names, best: context.best?.id,
      seed: context.seed?.id)
    return """
      <section aria-labelledby="course"><h2 id="course">The search</h2>
      <figure>\(chart.markup)
      <figcaption>Each dot is a candidate's score on \(context.trace.split.rawValue) rows, at the step \
      that made it. The line is the best so far, the dashes are the seed. \(partial)\(end)\
      </figcaption></figure>
      \(sizes)
      \(notes)
      </section>
      """
  }

  private var partial: String {
    let counts = Set(context.trace.points.map(\.examples))
    return counts.count > 1 ? "Hollow dots stand on fewer rows. " : ""
  }

  private var end: String {
    guard let end = context.record.result?.end else { return "" }
    return "The search ended because \(end.clause)."
  }

  private var sizes: Markup {
    let chart = StepSizeChart(trace: context.trace).markup
    guard chart != .none else { return .none }
    return """
      <figure>\(chart)
      <figcaption>Step size: how many words a proposal may change, by step.</figcaption></figure>
      """
  }

  private var notes: Markup {
    guard !context.trace.notes.isEmpty else { return .none }
    let items: [Markup] = context.trace.notes.map { "<li>\($0)</li>" }
    return """
      <details><summary>Notes of the run <small>\(context.trace.notes.count)</small></summary>
      <ul>\(items)</ul></details>
      """
  }
}
