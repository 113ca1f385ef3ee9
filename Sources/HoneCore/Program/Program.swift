// SPDX-License-Identifier: Apache-2.0

/// One or more named stages, each with its prompt; the ordinary task has one.
public struct Program: Sendable, Hashable, Codable {
  /// The name of the only stage of an ordinary task.
  public static let mainStage = "answer"

  /// The stages in the order they run.
  public var stages: [Stage]
  /// The most calls of one example where control flow of its own makes more or fewer than a call of
  /// each stage; nil where the stages run one after the other.
  public var mostCalls: Int?
  /// Modules that call stages of their own; nil where there is none.
  public var loops: [StageLoop]?

  /// Creates a program of stages.
  public init(stages: [Stage], mostCalls: Int? = nil, loops: [StageLoop]? = nil) {
    self.stages = stages
    self.mostCalls = mostCalls
    self.loops = loops
  }

  /// Creates the program of an ordinary task.
  public init(prompt: Prompt, inputs: [String]) {
    stages = [Stage(name: Self.mainStage, inputs: inputs, output: "answer", prompt: prompt)]
  }

  /// Whether any stage has typed fields, so that replies are read stage by stage.
  public var isTyped: Bool { stages.contains { $0.call != nil || $0.retrieval != nil } }

  /// The most calls of the task model for one example.
  public var callsPerExample: Int {
    mostCalls ?? max(1, stages.reduce(0) { $0 + $1.mostCalls })
  }

  /// The calls of the task model for one example where every reply can be read, by which a search is
  /// planned; at most ``callsPerExample``.
  public var usualCalls: Int {
    let most = stages.reduce(0) { $0 + $1.mostCalls }
    let first = stages.reduce(0) { $0 + ($1.mostCalls == 0 ? 0 : max(1, $1.call?.votes ?? 1)) }
    guard most > first, first > 0 else { return callsPerExample }
    return max(1, (callsPerExample * first + most - 1) / most)
  }

  /// The stage of a name.
  public subscript(name: String) -> Stage? { stages.first { $0.name == name } }
}
