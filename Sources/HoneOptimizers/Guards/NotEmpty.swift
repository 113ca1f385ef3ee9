// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns down a text without a letter or digit.
public struct NotEmpty: ProposalGuard {
  /// Creates it.
  public init() {}

  /// `empty` when nothing can be read.
  public func problem(with text: String, in context: GuardContext) -> RejectionReason? {
    text.contains { $0.isLetter || $0.isNumber } ? nil : .empty
  }
}
