// SPDX-License-Identifier: Apache-2.0

/// A pure metric: scores one response without asking anything else.
protocol ResponseMetric: Sendable {
  /// Scores an attempt that has at least one reference, if ``needsReferences``.
  func outcome(of attempt: Attempt) -> Outcome
  /// Whether there is nothing to score against without references.
  var needsReferences: Bool { get }
}

extension ResponseMetric {
  var needsReferences: Bool { true }
}

/// A response to be scored.
struct Attempt {
  /// The model's text.
  var response: String
  /// The answer in normal form, or nil when none could be read.
  var answer: String?
  /// The acceptable answers as written.
  var references: [String]
  /// How answers of the task's kind are compared.
  var reader: any AnswerReader

  /// The references in normal form.
  var normalReferences: [String] {
    references.map { reader.normalForm(ofReference: $0) }
  }

  /// Whether the answer equals a reference.
  func isRight(_ answer: String) -> Bool {
    references.contains { reader.matches(answer, reference: $0) }
  }
}

extension Outcome {
  /// A score of 1 or 0.
  static func right(_ isRight: Bool) -> Outcome {
    .scored(Score(isRight ? 1 : 0))
  }
}

/// A metric that says how similar two texts are, the best over references.
///
/// It compares the answer with the references, both in the kind's normal form.
protocol SimilarityMetric: ResponseMetric {
  /// The similarity of an answer to one reference, in 0…1.
  func similarity(_ answer: String, _ reference: String) -> Double
}

extension SimilarityMetric {
  func outcome(of attempt: Attempt) -> Outcome {
    guard let answer = attempt.answer else { return .unparsable }
    let best = attempt.normalReferences.map { similarity(answer, $0) }.max() ?? 0
    return .scored(Score(best))
  }
}
