// SPDX-License-Identifier: Apache-2.0

extension MetricConfiguration {
  /// The metric's name as in a task file.
  public var name: String {
    switch self {
    case .accuracy: "accuracy"
    case .exactMatch: "exact-match"
    case .tokenF1: "token-f1"
    case .macroF1: "macro-f1"
    case .number: "number"
    case .rouge1: "rouge-1"
    case .rouge2: "rouge-2"
    case .rougeL: "rouge-l"
    case .bleu: "bleu"
    case .chrf: "chrf"
    case .editSimilarity: "edit-similarity"
    case .regex: "regex"
    case .jsonEquality: "json-equality"
    case .contains: "contains"
    case .length: "length"
    case .command: "command"
    case .judge: "judge"
    case .weighted: "weighted"
    }
  }

  /// Whether each example's score is 1 or 0, so that exact tests for right and wrong apply.
  ///
  /// True for ``macroF1`` too: an example is right or wrong, though the set's figure is no mean.
  public var isBinary: Bool {
    switch self {
    case .accuracy, .exactMatch, .macroF1, .number, .regex, .jsonEquality, .contains: true
    case .weighted(let parts): parts.count == 1 && parts[0].metric.isBinary
    default: false
    }
  }

  /// Whether a score takes more than the response, such as a program or a model.
  public var needsWorld: Bool {
    switch self {
    case .command, .judge: true
    case .weighted(let parts): parts.contains { $0.metric.needsWorld }
    default: false
    }
  }

  /// Whether there is nothing to score against without reference answers.
  public var needsReferences: Bool {
    switch self {
    case .regex, .length, .command, .judge: false
    case .weighted(let parts): parts.contains { $0.metric.needsReferences }
    default: true
    }
  }
}
