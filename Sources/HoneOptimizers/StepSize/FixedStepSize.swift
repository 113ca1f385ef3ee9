// SPDX-License-Identifier: Apache-2.0

/// The same number of words at every step.
public struct FixedStepSize: StepSize {
  /// The words a step may change.
  public var size: Int

  /// Creates a step size of a number of words.
  public init(_ size: Int) {
    self.size = size
  }

  /// The fixed number.
  public func words(step: Int, of total: Int) -> Int? { size }
}

extension StepSize where Self == FixedStepSize {
  /// The same number of words at every step.
  public static func fixed(_ size: Int) -> FixedStepSize { FixedStepSize(size) }
}
