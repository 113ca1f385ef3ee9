// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The current prompt without its score.
public struct PromptOnly: CurrentInformation {
  /// Creates it.
  public init() {}

  /// The prompt's text.
  public func gather(
    on current: ScoredCandidate, batch: [Example], step: Int, in session: any OptimizationSession
  ) -> CurrentPromptFacts {
    CurrentPromptFacts(instruction: current.instruction)
  }
}

extension CurrentInformation where Self == PromptOnly {
  /// The current prompt without its score.
  public static var prompt: PromptOnly { PromptOnly() }
}
