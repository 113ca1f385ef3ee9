// SPDX-License-Identifier: Apache-2.0

/// What came of one example under one candidate.
///
/// A failure or refusal is never a score.
public enum Outcome: Sendable, Hashable, Codable {
  /// The answer was read and scored.
  case scored(Score)
  /// The model answered, but no answer of the task's kind could be read; counts as 0 in a mean,
  /// because obeying the form is the prompt's business.
  case unparsable
  /// The model wrote nothing; counts as 0 in a mean.
  case empty
  /// The token limit cut the response before an answer could be read; counts as 0 in a mean.
  case cut
  /// The model refused; not counted in a mean.
  case refused
  /// The service's content filter kept the response back; not counted in a mean.
  case filtered
  /// No response came; not counted in a mean.
  case failed(ModelError)

  /// The number that enters a mean, or nil when the outcome is not counted.
  public var value: Double? {
    switch self {
    case .scored(let score): score.value
    case .unparsable, .empty, .cut: 0
    case .refused, .filtered, .failed: nil
    }
  }
}

extension Outcome {
  /// The outcome's name for programs, such as `scored` or `filtered`.
  public var name: String {
    switch self {
    case .scored: "scored"
    case .unparsable: "unparsable"
    case .empty: "empty"
    case .cut: "cut"
    case .refused: "refused"
    case .filtered: "filtered"
    case .failed: "failed"
    }
  }
}

/// A score with what a metric has to say about it.
public struct Score: Sendable, Hashable, Codable {
  /// The score, higher is better, ordinarily in 0…1.
  public var value: Double
  /// What was wrong or right, for optimizers that read it.
  public var feedback: String?

  /// Creates a score.
  public init(_ value: Double, feedback: String? = nil) {
    self.value = value
    self.feedback = feedback
  }
}
