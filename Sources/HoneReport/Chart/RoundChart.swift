// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A figure over the rounds of a training, beside what it is compared with.
struct RoundChart: Sendable {
  /// A part of the drawing's identifiers.
  let id: String
  let figure: RoundsReport.Figure

  /// The chart for wide and for narrow screens.
  var markup: Markup {
    "\(svg(width: 720, height: 190, "wide"))\n\(svg(width: 360, height: 190, "narrow"))"
  }

  private func svg(width: Double, height: Double, _ variant: String) -> Markup {
    let frame = ChartFrame(
      width: width, height: height, steps: 1...max(1, figure.values.count),
      values: LinearScale.domain(around: figure.values + (figure.beside ?? [])), labelWidth: 58)
    let dots: [Markup] = figure.values.enumerated().map { index, value in
      """
      <circle class="dot best" cx="\(frame.x(Double(index + 1)))" cy="\(frame.y(value))" r="3">\
      <title>round \(index + 1): \(figure.text(value))</title></circle>
      """
    }
    let beside: Markup =
      figure.beside.map { #"<polyline class="beside-line" points="\#(points($0, frame))"/>"# }
      ?? .none
    let content: Markup = """
      \(frame.axes(along: "round") { figure.text($0) })
      \(beside)
      <polyline class="best-line" points="\(points(figure.values, frame))"/>
      \(dots)
      """
    let (first, last) = (figure.values.first ?? 0, figure.values.last ?? 0)
    return frame.svg(
      id: id, variant: variant, title: "\(figure.name) over the rounds",
      summary: "From \(figure.text(first)) to \(figure.text(last)).", content)
  }

  private func points(_ values: [Double], _ frame: ChartFrame) -> String {
    values.enumerated().map { index, value -> String in
      let text: Markup = "\(frame.x(Double(index + 1))),\(frame.y(value))"
      return text.source
    }.joined(separator: " ")
  }
}
