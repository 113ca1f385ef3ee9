// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneCore

/// Whether the task file's demonstrations are shown: the two evaluation settings of the GPO paper.
struct DemonstrationOptions: ParsableArguments {
  /// The instruction alone, or with the task's fixed demonstrations.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case none, task
  }

  @Option(
    help: ArgumentHelp(
      "Show the instruction alone, or with the task's demonstrations.", valueName: "none|task"))
  var demonstrations: Choice?

  /// The task with its demonstrations left out or kept.
  /// - Throws: `CommandFailure` when they are asked for and there are none.
  func applied(to task: PromptTask) throws(CommandFailure) -> PromptTask {
    guard let demonstrations else { return task }
    var task = task
    switch demonstrations {
    case .none:
      for index in task.program.stages.indices {
        task.program.stages[index].prompt.demonstrations = []
        task.program.stages[index].prompt.nearest = nil
      }
    case .task:
      let hasSome = task.program.stages.contains { !$0.prompt.demonstrations.isEmpty }
      guard hasSome else {
        throw .mistake(
          "--demonstrations task: the task file has none; write some under prompt, demonstrations, "
            + "each with its input fields and answer")
      }
    }
    return task
  }
}
