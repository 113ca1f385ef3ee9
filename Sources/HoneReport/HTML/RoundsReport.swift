// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A training in rounds as one HTML file: a chart of each figure and a table of all.
public struct RoundsReport: Sendable {
  /// A number of every round.
  public struct Figure: Sendable {
    /// What it is, as a heading.
    public var name: String
    /// What is to be said of it.
    public var caption: String
    /// One a round.
    public var values: [Double]
    /// What it is compared with, one a round; nil for nothing.
    public var beside: [Double]?
    /// How many decimals are shown.
    public var decimals: Int

    /// Creates a figure.
    public init(
      _ name: String, caption: String, values: [Double], beside: [Double]? = nil, decimals: Int = 3
    ) {
      self.name = name
      self.caption = caption
      self.values = values
      self.beside = beside
      self.decimals = decimals
    }

    func text(_ value: Double) -> String { String(format: "%.\(decimals)f", value) }
  }

  /// What was trained, as a heading.
  public var title: String
  /// How, in a sentence or two.
  public var lead: String
  /// The figures, all of one length.
  public var figures: [Figure]
  /// Hone's version.
  public var version: String

  /// Creates a report.
  public init(title: String, lead: String, figures: [Figure], version: String) {
    self.title = title
    self.lead = lead
    self.figures = figures
    self.version = version
  }

  /// The page as text in UTF-8.
  public func render() -> String {
    let charts: [Markup] = figures.enumerated().map { index, figure in
      """
      <figure><h3>\(figure.name)</h3>\(RoundChart(id: "figure-\(index)", figure: figure).markup)
      <figcaption>\(figure.caption)</figcaption></figure>
      """
    }
    return HTMLPage(
      title: title, version: version,
      sections: [
        "<header><p class=\"eyebrow\">Hone</p><h1>\(title)</h1><p class=\"lead\">\(lead)</p></header>",
        "<section aria-labelledby=\"rounds\"><h2 id=\"rounds\">The rounds</h2>\n\(charts)</section>",
        table,
      ]
    ).render()
  }

  private var table: Markup {
    let heads: [Markup] = figures.map { "<th scope=\"col\">\($0.name)</th>" }
    let count = figures.map(\.values.count).min() ?? 0
    let rows: [Markup] = (0..<count).map { round in
      let cells: [Markup] = figures.map { figure in
        let beside =
          figure.beside.flatMap { $0.dropFirst(round).first }
          .map { " (\(figure.text($0)))" } ?? ""
        return "<td class=\"number\">\(figure.text(figure.values[round]) + beside)</td>"
      }
      return "<tr><th scope=\"row\">\(round + 1)</th>\(cells)</tr>"
    }
    return """
      <section aria-labelledby="numbers"><h2 id="numbers">Numbers</h2>
      <div class="scroll"><table><thead><tr><th scope="col">Round</th>\(heads)</tr></thead>
      <tbody>\(rows)</tbody></table></div></section>
      """
  }
}
