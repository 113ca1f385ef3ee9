// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The current prompt with its score.
public struct PromptAndPerformance: CurrentInformation {
  /// Creates it.
  public init() {}

  /// The prompt's text and its score on dev.
  public func gather(
    on current: ScoredCandidate, batch: [Example], step: Int, in session: any OptimizationSession
  ) -> CurrentPromptFacts {
    CurrentPromptFacts(instruction: current.instruction, score: current.score)
  }
}

extension CurrentInformation where Self == PromptAndPerformance {
  /// The current prompt with its score.
  public static var performance: PromptAndPerformance { PromptAndPerformance() }
}
