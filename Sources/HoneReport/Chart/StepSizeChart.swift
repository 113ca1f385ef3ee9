// SPDX-License-Identifier: Apache-2.0

/// The step size over the steps, in words.
struct StepSizeChart: Sendable {
  let trace: RunTrace

  /// The chart for wide and for narrow screens; nothing when the optimizer has no step size.
  var markup: Markup {
    guard !trace.stepSizes.isEmpty else { return .none }
    return "\(svg(width: 720, height: 170, "wide"))\n\(svg(width: 360, height: 170, "narrow"))"
  }

  private func svg(width: Double, height: Double, _ variant: String) -> Markup {
    let values = trace.stepSizes.map(\.value)
    let steps = trace.stepSizes.map(\.step)
    let frame = ChartFrame(
      width: width, height: height, steps: (steps.min() ?? 0)...(steps.max() ?? 1),
      values: 0...max((values.max() ?? 0) * 1.1, 1))
    let line = trace.stepSizes.map { size -> String in
      let text: Markup = "\(frame.x(Double(size.step))),\(frame.y(size.value))"
      return text.source
    }
    let dots: [Markup] = trace.stepSizes.map { size in
      """
      <circle class="dot" cx="\(frame.x(Double(size.step)))" cy="\(frame.y(size.value))" r="3">\
      <title>step \(size.step): at most \(Figures.count(Int(size.value), "word"))</title></circle>
      """
    }
    let content: Markup = """
      \(frame.axes { $0 == $0.rounded() ? String(Int($0)) : "" })
      <polyline class="size-line" points="\(line.joined(separator: " "))"/>
      \(dots)
      """
    return frame.svg(
      id: "sizes", variant: variant, title: "Step size in words over the steps",
      summary: "From \(Int(values.first ?? 0)) to \(Figures.count(Int(values.last ?? 0), "word")).",
      content)
  }
}
