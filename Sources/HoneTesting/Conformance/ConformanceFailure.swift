// SPDX-License-Identifier: Apache-2.0

/// What a conformance check found wrong.
public struct ConformanceFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The rule that was broken.
  public var rule: String
  /// What was required and what was seen.
  public var found: String

  /// Creates a failure.
  public init(_ rule: String, _ found: String) {
    self.rule = rule
    self.found = found
  }

  /// The rule and what was seen.
  public var description: String { "\(rule): \(found)" }
}
