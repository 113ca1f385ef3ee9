// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Two scores with their 95 % intervals on one axis.
struct IntervalChart: Sendable {
  let seed: EstimatedMean
  let best: EstimatedMean
  let format: ScoreFormat

  /// The chart for wide and for narrow screens.
  var markup: Markup {
    "\(svg(width: 720, "wide"))\n\(svg(width: 360, "narrow"))"
  }

  private func svg(width: Double, _ variant: String) -> Markup {
    let domain = LinearScale.domain(
      around: [seed.lower, seed.upper, best.lower, best.upper], margin: 0.15,
      within: format.isShare ? 0...1 : nil)
    let x = LinearScale(domain, from: 56, to: width - 24)
    let ticks: [Markup] = x.ticks(width < 500 ? 4 : 8).map { value in
      """
      <line class="grid" x1="\(x(value))" x2="\(x(value))" y1="8" y2="84"/>\
      <text class="tick" x="\(x(value))" y="102" text-anchor="middle">\(format.tick(value))</text>
      """
    }
    return """
      <svg class="chart \(variant)" viewBox="0 0 \(width) 110" role="img" \
      aria-labelledby="intervals-\(variant)-t intervals-\(variant)-d">
      <title id="intervals-\(variant)-t">Test scores of seed and best with 95 % intervals</title>
      <desc id="intervals-\(variant)-d">Seed \(format.text(seed.mean)), \(format.interval(seed)); \
      best \(format.text(best.mean)), \(format.interval(best)).</desc>
      \(ticks)
      \(row(seed, name: "seed", at: 28, x))
      \(row(best, name: "best", at: 64, x))
      </svg>
      """
  }

  private func row(_ score: EstimatedMean, name: String, at y: Double, _ x: LinearScale) -> Markup {
    """
    <text class="axis" x="0" y="\(y + 4)">\(name)</text>
    <line class="interval \(name)" x1="\(x(score.lower))" x2="\(x(score.upper))" \
    y1="\(y)" y2="\(y)"/>
    <circle class="mean \(name)" cx="\(x(score.mean))" cy="\(y)" r="6"/>
    """
  }
}
