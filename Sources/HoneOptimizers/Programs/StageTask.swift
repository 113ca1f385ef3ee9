// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension PromptTask {
  /// The task of finding a better instruction for one stage, the others staying as they are.
  ///
  /// It looks like an ordinary task of one stage. Its rows are still those of the whole program, so
  /// examples show what goes into the program and what must come out.
  func task(ofStage stage: Stage, in base: Candidate) -> PromptTask {
    var task = self
    var shown = stage
    shown.call = nil
    shown.prompt = base.prompts[stage.name] ?? stage.prompt
    shown.prompt.demonstrations = []
    let lines = inputFields.map { "\($0): {\($0)}" }.joined(separator: "\n")
    shown.prompt.question = (try? SlotTemplate(lines)) ?? shown.prompt.question
    if shown.prompt.layout == .systemMessage { shown.prompt.layout = .beforeQuestion }
    task.program = Program(stages: [shown], mostCalls: program.callsPerExample)
    let fields =
      "\(stage.inputs.joined(separator: ", ")) and writes \(stage.outputs.joined(separator: ", "))"
    task.description = [
      description,
      "This is the instruction of one step of several, \(stage.name), which reads \(fields).",
    ].filter { !$0.isEmpty }.joined(separator: " ")
    return task
  }

  /// The same task starting from a candidate's prompts.
  func starting(from candidate: Candidate) -> PromptTask {
    var task = self
    for index in task.program.stages.indices {
      let name = task.program.stages[index].name
      task.program.stages[index].prompt =
        candidate.prompts[name] ?? task.program.stages[index].prompt
    }
    return task
  }
}
