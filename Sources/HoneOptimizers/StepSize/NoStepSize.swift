// SPDX-License-Identifier: Apache-2.0

/// No limit on the words a step changes.
public struct NoStepSize: StepSize {
  /// Creates it.
  public init() {}

  /// No limit.
  public func words(step: Int, of total: Int) -> Int? { nil }
}

extension StepSize where Self == NoStepSize {
  /// No limit on the words a step changes.
  public static var none: NoStepSize { NoStepSize() }
}
