// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A step size that falls along half a cosine wave: slowly, then quickly, then slowly.
///
/// ⌊f + (i − f) · ½(1 + cos(π · c ÷ T))⌋ words at step c of T, the GPO paper's choice. From 50 to 10
/// over 18 steps it gives 49, 48, 47, 45 … 10.
public struct CosineDecay: StepSize {
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
    let wave = (1 + cos(Double.pi * share)) / 2
    return Int(Double(end) + Double(start - end) * wave)
  }
}

extension StepSize where Self == CosineDecay {
  /// A step size that falls along half a cosine wave.
  public static func cosine(from start: Int, to end: Int) -> CosineDecay {
    CosineDecay(from: start, to: end)
  }
}
