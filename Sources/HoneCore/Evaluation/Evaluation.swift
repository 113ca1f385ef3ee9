// SPDX-License-Identifier: Apache-2.0

/// A candidate's outcomes on a set of examples.
public struct Evaluation: Sendable, Hashable, Codable {
  /// The candidate's id.
  public var candidate: String
  /// The outcome of each example, in the order asked for.
  public var results: [ExampleResult]
  /// The set's figure by the task's metric, in 0…1 as a rule; nil when nothing could be counted.
  public var score: Double?

  /// Creates an evaluation.
  public init(candidate: String, results: [ExampleResult], score: Double?) {
    self.candidate = candidate
    self.results = results
    self.score = score
  }

  /// The share of examples that were counted, in 0…1; refusals and failures are the rest.
  public var coverage: Double {
    guard !results.isEmpty else { return 0 }
    return Double(results.count { $0.outcome.value != nil }) / Double(results.count)
  }
}

/// One example's response, the answer read from it and its outcome.
public struct ExampleResult: Sendable, Hashable, Codable {
  /// The example's id.
  public var example: String
  /// The model's text; with likelihoods, the chosen option.
  public var response: String
  /// The answer in its normal form, or nil when none could be read.
  public var answer: String?
  /// What came of it.
  public var outcome: Outcome
  /// What each stage of a program did, in the order they ran; nil for an ordinary task.
  public var trace: [StageTrace]?

  /// Creates a result.
  public init(
    example: String, response: String, answer: String?, outcome: Outcome,
    trace: [StageTrace]? = nil
  ) {
    self.example = example
    self.response = response
    self.answer = answer
    self.outcome = outcome
    self.trace = trace
  }
}
