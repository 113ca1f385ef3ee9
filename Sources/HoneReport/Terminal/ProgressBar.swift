// SPDX-License-Identifier: Apache-2.0

/// A bar of a given width with the share that is done.
public struct ProgressBar: Sendable, Hashable {
  /// The share done, in 0…1; nil when it is not known.
  public var fraction: Double?
  /// Seconds left; nil when they cannot be told yet.
  public var secondsLeft: Double?

  /// Creates a bar.
  public init(fraction: Double?, secondsLeft: Double? = nil) {
    self.fraction = fraction.map { $0.isFinite ? min(max($0, 0), 1) : 0 }
    self.secondsLeft = secondsLeft.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }

  /// The bar of work that has done a part in a time, at the speed so far.
  ///
  /// Nothing is said of the time left before a hundredth is done or a second has passed.
  public init(done: Double, of total: Double, elapsed seconds: Double) {
    let fraction = total > 0 ? done / total : 0
    let isTold = fraction >= 0.01 && seconds >= 1 && fraction < 1
    self.init(
      fraction: fraction, secondsLeft: isTold ? seconds * (1 - fraction) / fraction : nil)
  }

  /// The bar with its percent and the time left, in at most so many columns.
  public func text(columns: Int, style: TerminalStyle) -> String {
    guard let fraction else { return style.dim("working …") }
    let percent = "\(Int((fraction * 100).rounded(.down))) %"
    let left = secondsLeft.map { " \(Figures.duration($0)) left" } ?? ""
    let width = min(40, columns - DisplayWidth.of(percent) - DisplayWidth.of(left) - 2)
    guard width >= 4 else { return DisplayWidth.cut(percent + left, to: columns) }
    let filled = Int((fraction * Double(width)).rounded(.down))
    let bar =
      style.accent(String(repeating: "█", count: filled))
      + style.dim(String(repeating: "░", count: width - filled))
    return bar + " " + percent + style.dim(left)
  }
}
