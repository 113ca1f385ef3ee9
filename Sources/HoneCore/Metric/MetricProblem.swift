// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a metric as stated.
public struct MetricProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong and what to write instead.
  public let description: String

  /// Creates a problem.
  public init(_ description: String) {
    self.description = description
  }
}

extension MetricConfiguration {
  /// What is wrong with the metric as stated, or nil when it can be used.
  public var problem: String? {
    switch self {
    case .accuracy, .exactMatch, .tokenF1, .macroF1, .rouge1, .rouge2, .rougeL, .bleu, .chrf,
      .editSimilarity, .jsonEquality, .contains:
      return nil
    case .number(let tolerance):
      return tolerance.isFinite && tolerance >= 0
        ? nil : "the tolerance must be 0 or more, not \(tolerance)"
    case .regex(let pattern):
      if pattern.isEmpty { return "the regular expression is empty; it would match every response" }
      do {
        _ = try PatternMatch(pattern)
        return nil
      } catch {
        return error.description
      }
    case .length(let words):
      return words > 0 ? nil : "the number of words must be 1 or more, not \(words)"
    case .command(let words):
      return words.first?.trimmed.isEmpty ?? true
        ? "the command is empty; give a program and its arguments" : nil
    case .judge(let rubric):
      return rubric.trimmed.isEmpty ? "the rubric is empty; say what a good answer is like" : nil
    case .weighted(let parts):
      return Self.problem(ofSum: parts)
    }
  }

  /// What is wrong with the metric for an answer kind, or with the metric itself, or nil.
  public func problem(for kind: AnswerKind) -> String? {
    if let problem { return problem }
    switch self {
    case .macroF1 where kind.options == nil:
      return "\(name) needs an answer kind with a list of options, such as labels; "
        + "the task's answers are of the kind \(kind.name)"
    case .weighted(let parts):
      return parts.lazy.compactMap { $0.metric.problem(for: kind) }.first
    default:
      return nil
    }
  }

  private static func problem(ofSum parts: [WeightedMetric]) -> String? {
    guard !parts.isEmpty else { return "a weighted sum needs at least one metric" }
    for part in parts {
      guard part.weight.isFinite, part.weight > 0 else {
        return "the weight of \(part.metric.name) must be above 0, not \(part.weight)"
      }
      if let problem = part.metric.problem { return "\(part.metric.name): \(problem)" }
    }
    let sum = parts.reduce(0) { $0 + $1.weight }
    return abs(sum - 1) < 1e-6
      ? nil : "the weights must add up to 1, not \((sum * 1e6).rounded() / 1e6)"
  }
}
