// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Maps numbers to pixels along a line; every result is finite.
struct LinearScale: Sendable, Hashable {
  /// The numbers shown.
  let domain: ClosedRange<Double>
  /// The pixel of the domain's lower end.
  let start: Double
  /// The pixel of the domain's upper end.
  let end: Double

  /// Creates a scale.
  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    self.domain = domain
    self.start = start
    self.end = end
  }

  /// The pixel of a number; the middle when the domain is a single number.
  func callAsFunction(_ value: Double) -> Double {
    let width = domain.upperBound - domain.lowerBound
    guard width > 0, value.isFinite else { return (start + end) / 2 }
    return start + (value - domain.lowerBound) / width * (end - start)
  }

  /// Round numbers inside the domain, about as many as asked for, at least one.
  func ticks(_ wanted: Int) -> [Double] {
    let width = domain.upperBound - domain.lowerBound
    guard width > 0, wanted > 0 else { return [domain.lowerBound] }
    let rough = width / Double(wanted)
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard first <= last else { return [domain.lowerBound] }
    // `+ 0` turns the −0 of a rounded up small negative into 0.
    return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
  }

  /// A domain around values, with a margin, inside limits where there are any.
  static func domain(
    around values: [Double], margin: Double = 0.08, within limits: ClosedRange<Double>? = nil
  ) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return limits ?? 0...1 }
    let spread = high - low
    let room = spread > 0 ? spread * margin : max(abs(high) * margin, 0.05)
    let lower = max(low - room, limits?.lowerBound ?? -.infinity)
    let upper = min(high + room, limits?.upperBound ?? .infinity)
    return lower < upper ? lower...upper : min(low, high)...max(low, high)
  }
}
