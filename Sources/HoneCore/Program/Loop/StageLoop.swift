// SPDX-License-Identifier: Apache-2.0

/// A module among a program's stages that calls stages of its own, some of them more than once.
///
/// It stands where the first of its stages stands. `HonePrograms` runs it where no body of its own is
/// given, so a program with such modules can be declared in a task file and stored with a run.
public struct StageLoop: Sendable, Hashable, Codable {
  /// The name; its stages are named after it, such as `help_act`.
  public var name: String
  /// The names of its stages, in the order they are first called; the last one writes the answer.
  public var stages: [String]
  /// What it does.
  public var module: LoopModule
  /// The most turns, attempts or parts; 1 or more.
  public var most: Int
  /// The tools it uses: of a program of thought the interpreter alone.
  public var tools: [ToolCommand]
  /// The language of the programs it writes, told to the model.
  public var language: String

  /// Creates a module.
  public init(
    name: String, module: LoopModule, stages: [String] = [], most: Int? = nil,
    tools: [ToolCommand] = [], language: String = "Python"
  ) {
    self.name = name
    self.stages = stages
    self.module = module
    self.most = most ?? module.usualMost
    self.tools = tools
    self.language = language
  }

  /// What the names of its stages begin with.
  public var prefix: String { name + "_" }
}

/// A module that calls stages of its own.
public enum LoopModule: String, Sendable, Hashable, Codable, CaseIterable {
  /// Thinks, uses a tool, reads what came of it, and thinks again. Yao et al., arXiv:2210.03629.
  case react
  /// Writes a program, runs it and reads the answer from its output. Chen et al., arXiv:2211.12588.
  case programOfThought = "program-of-thought"
  /// Divides a problem into parts and solves them in turn. Zhou et al., arXiv:2205.10625.
  case leastToMost = "least-to-most"

  /// The most turns, attempts or parts where nothing else is said.
  public var usualMost: Int {
    switch self {
    case .react: 5
    case .programOfThought: 2
    case .leastToMost: 4
    }
  }
}

extension Program {
  /// The module that a stage belongs to; nil for a stage of its own.
  public func loop(of stage: String) -> StageLoop? {
    loops?.first { $0.stages.contains(stage) }
  }
}
