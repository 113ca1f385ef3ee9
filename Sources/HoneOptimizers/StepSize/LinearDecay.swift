// SPDX-License-Identifier: Apache-2.0

/// A step size that falls in a straight line from one number of words to another.
///
/// ⌊i − (i − f) · c ÷ T⌋ words at step c of T, as in the GPO paper's code.
public struct LinearDecay: StepSize {
  /// The words at the start, i.
  public var start: Int
  /// The words at the last step, f.
  public var end: Int

  /// Creates a decay between two numbers of words.
  public init(from start: Int, to end: Int) {
    self.start = start
    self.end = end
  }

  /// The words at a step.
  public func words(step: Int, of total: Int) -> Int? {
    let share = total > 0 ? min(1, Double(step) / Double(total)) : 1
    return Int(Double(start) - Double(start - end) * share)
  }
}

extension StepSize where Self == LinearDecay {
  /// A step size that falls in a straight line.
  public static func linear(from start: Int, to end: Int) -> LinearDecay {
    LinearDecay(from: start, to: end)
  }
}
