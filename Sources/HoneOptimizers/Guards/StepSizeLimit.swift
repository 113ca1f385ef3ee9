// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns down a text that changes more words than the step size allows.
public struct StepSizeLimit: ProposalGuard {
  /// Creates it.
  public init() {}

  /// `stepTooLarge` with both numbers.
  public func problem(with text: String, in context: GuardContext) -> RejectionReason? {
    guard let limit = context.stepSize else { return nil }
    let words = WordEditDistance.between(context.parent, text)
    return words > limit ? .stepTooLarge(words: words, limit: limit) : nil
  }
}
