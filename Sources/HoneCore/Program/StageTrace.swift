// SPDX-License-Identifier: Apache-2.0

/// What a stage read and wrote for one example.
public struct StageTrace: Sendable, Hashable, Codable {
  /// The stage.
  public var stage: String
  /// The values of its inputs.
  public var inputs: [String: String]
  /// The values of its outputs; empty when its replies could not be read.
  public var outputs: [String: String]
  /// Replies that could not be read, with the reason, in the order they came.
  public var problems: [ReplyProblem]
  /// The places of the demonstrations it was shown, where they are chosen for each example; else nil.
  public var shown: [Int]?

  /// Creates a trace.
  public init(
    stage: String, inputs: [String: String], outputs: [String: String],
    problems: [ReplyProblem] = [], shown: [Int]? = nil
  ) {
    self.stage = stage
    self.inputs = inputs
    self.outputs = outputs
    self.problems = problems
    self.shown = shown
  }

  /// The stage's work as a demonstration, or nil when it wrote no answer.
  public func demonstration(for stage: Stage) -> Demonstration? {
    guard let answer = outputs[stage.output] else { return nil }
    var fields = outputs.filter { $0.key != stage.output }
    for name in stage.inputs { fields[name] = inputs[name] }
    return Demonstration(fields: fields, answer: answer)
  }
}

extension ExampleResult {
  /// What each stage did: the recorded trace, or for an ordinary task its one response.
  public func traces(of example: Example, in program: Program) -> [StageTrace] {
    if let trace { return trace }
    guard program.stages.count == 1, let stage = program.stages.first, !response.isEmpty else {
      return []
    }
    return [
      StageTrace(
        stage: stage.name, inputs: example.fields, outputs: [stage.output: response])
    ]
  }
}
