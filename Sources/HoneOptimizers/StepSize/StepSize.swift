// SPDX-License-Identifier: Apache-2.0

/// How many words a step may change: the learning rate of the GPO paper's analogy.
///
/// An implementer answers for every step from 1 to the last; the answer depends on nothing else.
public protocol StepSize: Sendable {
  /// The most words that step `step` of `total` may change; nil for no limit.
  ///
  /// A `step` of 0 is asked for by ``Warmup`` alone and gives the first, largest size.
  func words(step: Int, of total: Int) -> Int?
}
