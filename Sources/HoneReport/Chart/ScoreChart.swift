// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Every candidate's score over the steps, with the best so far as a line.
struct ScoreChart: Sendable {
  let trace: RunTrace
  let format: ScoreFormat
  /// The name of each candidate in the report, by id.
  let names: [String: String]
  let best: String?
  let seed: String?

  /// The chart for wide and for narrow screens, or a sentence when nothing was scored.
  var markup: Markup {
    guard !trace.points.isEmpty else {
      return "<p class=\"quiet\">No candidate has a score yet.</p>"
    }
    return "\(svg(width: 720, height: 320, "wide"))\n\(svg(width: 360, height: 280, "narrow"))"
  }

  private func svg(width: Double, height: Double, _ variant: String) -> Markup {
    let values = trace.points.map(\.score) + trace.best.map(\.value)
    let frame = ChartFrame(
      width: width, height: height, steps: 0...max(trace.lastStep, 1),
      values: LinearScale.domain(around: values, within: format.isShare ? 0...1 : nil))
    let full = trace.points.map(\.examples).max() ?? 0
    let content: Markup = """
      \(frame.axes { format.tick($0) })
      \(seedLine(frame))
      \(bestLine(frame))
      \(dots(frame, full: full, radius: width < 500 ? 3 : 4))
      """
    return frame.svg(
      id: "scores", variant: variant, title: "Score of every candidate over the steps",
      summary: summary, content)
  }

  private var summary: String {
    let first = trace.best.first?.value
    let last = trace.best.last?.value
    return "\(Figures.count(trace.points.count, "scored candidate")) in "
      + "\(Figures.count(trace.lastStep, "step")); the best score goes from "
      + "\(format.text(first)) to \(format.text(last))."
  }

  private func seedLine(_ frame: ChartFrame) -> Markup {
    guard let start = trace.best.first?.value else { return .none }
    return """
      <line class="seed-line" x1="\(frame.x.start)" x2="\(frame.x.end)" \
      y1="\(frame.y(start))" y2="\(frame.y(start))"/>
      """
  }

  /// A staircase: the best score holds until a step beats it, and rises where the step's dots begin.
  private func bestLine(_ frame: ChartFrame) -> Markup {
    guard let first = trace.best.first else { return .none }
    var path = "M\(Self.point(frame, Double(first.step), first.value))"
    var height = first.value
    for value in trace.best.dropFirst() {
      let start = max(Double(value.step) - 0.36, Double(first.step))
      path += "L\(Self.point(frame, start, height))"
      path += "L\(Self.point(frame, start, value.value))"
      height = value.value
    }
    path += "L\(Self.point(frame, Double(trace.lastStep) + 0.4, height))"
    return "<path class=\"best-line\" d=\"\(path)\"/>"
  }

  private static func point(_ frame: ChartFrame, _ step: Double, _ value: Double) -> String {
    let text: Markup = "\(frame.x(step)) \(frame.y(value))"
    return text.source
  }

  private func dots(_ frame: ChartFrame, full: Int, radius: Double) -> [Markup] {
    let perStep = Dictionary(grouping: trace.points, by: \.step).mapValues(\.count)
    var seen: [Int: Int] = [:]
    let drawn: [(order: Int, dot: Markup)] = trace.points.map { point in
      let index = seen[point.step, default: 0]
      seen[point.step] = index + 1
      // Candidates of one step stand side by side.
      let count = perStep[point.step] ?? 1
      let shift = count < 2 ? 0 : (Double(index) / Double(count - 1) - 0.5) * 0.56
      let isBest = point.candidate == best && point.examples == full
      let kind =
        isBest
        ? "dot best"
        : point.candidate == seed
          ? "dot seed"
          : point.examples < full ? "dot partial" : "dot"
      let name = names[point.candidate] ?? String(point.candidate.prefix(6))
      let dot: Markup = """
        <circle class="\(kind)" cx="\(frame.x(Double(point.step) + shift))" \
        cy="\(frame.y(point.score))" r="\(isBest ? radius + 2 : radius)">\
        <title>\(name): \(format.text(point.score)) on \(Figures.count(point.examples, "row")), \
        step \(point.step)</title></circle>
        """
      return (isBest ? 1 : 0, dot)
    }
    // The best dot is drawn last, on top.
    return (drawn.filter { $0.order == 0 } + drawn.filter { $0.order == 1 }).map(\.dot)
  }
}
