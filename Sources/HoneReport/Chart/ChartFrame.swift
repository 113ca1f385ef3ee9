// SPDX-License-Identifier: Apache-2.0

/// The drawing area of a chart over steps: axes, grid and labels.
struct ChartFrame: Sendable {
  /// The width in pixels of the drawing.
  let width: Double
  /// Its height.
  let height: Double
  /// Steps to pixels.
  let x: LinearScale
  /// Values to pixels.
  let y: LinearScale

  /// Creates a frame for steps from 0 or 1 to the last.
  init(
    width: Double, height: Double, steps: ClosedRange<Int>, values: ClosedRange<Double>,
    labelWidth: Double = 46
  ) {
    self.width = width
    self.height = height
    // Half a step of room at both ends keeps the dots off the axes.
    x = LinearScale(
      (Double(steps.lowerBound) - 0.5)...(Double(steps.upperBound) + 0.5), from: labelWidth,
      to: width - 8)
    y = LinearScale(values, from: height - 38, to: 12)
  }

  /// The horizontal grid with its labels, and the steps along the bottom.
  func axes(along name: String = "step", label: (Double) -> String) -> Markup {
    let rows: [Markup] = y.ticks(height < 180 ? 3 : 5).map { value in
      """
      <line class="grid" x1="\(x.start)" x2="\(x.end)" y1="\(y(value))" y2="\(y(value))"/>\
      <text class="tick" x="\(x.start - 8)" y="\(y(value) + 4)" text-anchor="end">\(label(value))</text>
      """
    }
    let columns: [Markup] = x.ticks(width < 500 ? 5 : 10)
      .filter { $0 == $0.rounded() }
      .map { step in
        """
        <text class="tick" x="\(x(step))" y="\(y.start + 18)" text-anchor="middle">\(Int(step))</text>
        """
      }
    return """
      \(rows)
      \(columns)
      <text class="axis" x="\((x.start + x.end) / 2)" y="\(height - 4)" text-anchor="middle">\(name)</text>
      """
  }

  /// The whole drawing with a title and a description for those who cannot see it.
  func svg(id: String, variant: String, title: String, summary: String, _ content: Markup) -> Markup
  {
    """
    <svg class="chart \(variant)" viewBox="0 0 \(width) \(height)" role="img" \
    aria-labelledby="\(id)-\(variant)-t \(id)-\(variant)-d">
    <title id="\(id)-\(variant)-t">\(title)</title><desc id="\(id)-\(variant)-d">\(summary)</desc>
    \(content)
    </svg>
    """
  }
}
