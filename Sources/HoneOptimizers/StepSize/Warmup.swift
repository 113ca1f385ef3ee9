// SPDX-License-Identifier: Apache-2.0

/// A step size that grows from nothing over the first steps and then follows another.
///
/// ⌊i · c ÷ w⌋ words while c < w, at least 1; then the other's size at step c − w of T − w. The paper
/// warms up over 5 % of the steps and finds that it does not help.
public struct Warmup: StepSize {
  /// The step size after the warm-up.
  public var base: any StepSize
  /// The warm-up's length as a share of all steps, in 0…1.
  public var share: Double

  /// Creates a warm-up before another step size.
  public init(_ base: any StepSize, share: Double) {
    self.base = base
    self.share = share
  }

  /// The words at a step; nil when the other step size has no limit.
  public func words(step: Int, of total: Int) -> Int? {
    let length = Int((Double(total) * share).rounded(.up))
    guard step < length else { return base.words(step: step - length, of: total - length) }
    return base.words(step: 0, of: total).map { max(1, $0 * step / length) }
  }
}

extension StepSize {
  /// The same step size after a warm-up over a share of the steps.
  public func warmedUp(over share: Double) -> Warmup { Warmup(self, share: share) }
}
