// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns down a prompt that was there before.
public struct NoDuplicates: ProposalGuard {
  /// Creates it.
  public init() {}

  /// `duplicate` when the same text was seen.
  public func problem(with text: String, in context: GuardContext) -> RejectionReason? {
    context.seen.contains(text) ? .duplicate : nil
  }
}
