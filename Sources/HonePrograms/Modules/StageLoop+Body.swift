// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension StageLoop {
  /// What runs the module, and makes its stages.
  public var body: any StagedModule {
    var body: any StagedModule =
      switch module {
      case .react: ReAct(tools: tools.map(Tool.init), turns: most)
      case .programOfThought:
        // Without an interpreter, which a task file cannot leave out, every attempt says so.
        ProgramOfThought(
          interpreter: Tool(
            tools.first ?? ToolCommand(name: "interpreter", description: "", words: [])),
          attempts: most, language: language)
      case .leastToMost: LeastToMost(parts: most)
      }
    body.prefix = prefix
    return body
  }
}

extension Tool {
  /// The tool that a command is.
  init(_ command: ToolCommand) {
    self = .command(
      command.name, command.description, command.words,
      sandbox: command.isSandboxed ? Sandbox(seconds: Int(command.seconds.rounded(.up))) : nil,
      limit: .seconds(command.seconds),
      outputLimit: command.characters)
  }
}
