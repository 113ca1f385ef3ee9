// SPDX-License-Identifier: Apache-2.0

/// How a task's answer is obtained from the model.
public struct AnswerFormat: Sendable, Hashable, Codable {
  /// What an answer looks like.
  public var kind: AnswerKind
  /// Whether the model writes the answer or its likelihoods choose among options.
  public var source: AnswerSource
  /// Whether a second turn asks for the final answer only, as the GPO paper's code does.
  public var finalTurn: Bool

  /// Creates a format.
  public init(kind: AnswerKind, source: AnswerSource = .generation, finalTurn: Bool = false) {
    self.kind = kind
    self.source = source
    self.finalTurn = finalTurn
  }
}

/// Whether the model writes the answer or its likelihoods choose among options.
public enum AnswerSource: Sendable, Hashable, Codable {
  /// The model writes a response and the answer is read from it.
  case generation
  /// The most likely of the kind's options is the answer.
  case likelihood(LikelihoodChoice)
}

/// How the most likely option is chosen.
public struct LikelihoodChoice: Sendable, Hashable, Codable {
  /// What a log-probability is divided by, so that long options are not at a disadvantage.
  public enum Normalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing.
    case none
    /// The number of tokens.
    case tokens
    /// The number of UTF-8 bytes.
    case bytes
  }

  /// What is subtracted, so that options likely in any context are not preferred.
  public enum Calibration: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing.
    case none
    /// The log-probability under the same prompt with its fields replaced by `N/A`: one more call a
    /// prompt. After Zhao et al., "Calibrate before use", arXiv:2102.09690.
    case contentFree = "content-free"
  }

  /// What log-probabilities are divided by.
  public var normalization: Normalization
  /// What is subtracted from them.
  public var calibration: Calibration

  /// Creates the choice.
  public init(normalization: Normalization = .none, calibration: Calibration = .none) {
    self.normalization = normalization
    self.calibration = calibration
  }
}
