// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Turns down a text of too many words.
public struct LengthLimit: ProposalGuard {
  /// The most words.
  public var words: Int

  /// Creates a limit.
  public init(words: Int) {
    self.words = words
  }

  /// `tooLong` with both numbers.
  public func problem(with text: String, in context: GuardContext) -> RejectionReason? {
    let count = WordEditDistance.words(of: text).count
    return count > words ? .tooLong(words: count, limit: words) : nil
  }
}
