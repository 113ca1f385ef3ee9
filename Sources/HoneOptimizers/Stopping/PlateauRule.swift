// SPDX-License-Identifier: Apache-2.0

/// Ends a search that has stopped getting better.
public struct PlateauRule: Sendable, Hashable {
  /// Steps in a row without a better prompt after which the search ends; nil to never end it so.
  public var patience: Int?

  /// Creates a rule.
  public init(patience: Int?) {
    self.patience = patience
  }

  /// Whether the search ends after the best score's course so far, one number a step, seed first.
  public func isReached(bestScores: [Double]) -> Bool {
    guard let patience, bestScores.count > patience, let last = bestScores.last else {
      return false
    }
    return bestScores[bestScores.count - 1 - patience] >= last
  }
}
