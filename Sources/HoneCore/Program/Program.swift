// SPDX-License-Identifier: Apache-2.0

/// One or more named stages, each with its prompt; the ordinary task has one.
public struct Program: Sendable, Hashable, Codable {
  /// The name of the only stage of an ordinary task.
  public static let mainStage = "answer"

  /// The stages in the order they run.
  public var stages: [Stage]

  /// Creates a program of stages.
  public init(stages: [Stage]) {
    self.stages = stages
  }

  /// Creates the program of an ordinary task.
  public init(prompt: Prompt, inputs: [String]) {
    stages = [Stage(name: Self.mainStage, inputs: inputs, output: "answer", prompt: prompt)]
  }
}

/// A step of a program: the fields it reads, the field it writes, and its starting prompt.
public struct Stage: Sendable, Hashable, Codable {
  /// The name, unique in the program.
  public var name: String
  /// The fields it reads.
  public var inputs: [String]
  /// The field it writes.
  public var output: String
  /// The prompt to start from.
  public var prompt: Prompt

  /// Creates a stage.
  public init(name: String, inputs: [String], output: String, prompt: Prompt) {
    self.name = name
    self.inputs = inputs
    self.output = output
    self.prompt = prompt
  }
}
