// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension PromptTask {
  /// How the description of a step begins; what stands before it is that of the answer.
  static let stepOpening = "This is the instruction of one step of several"

  /// The task of finding a better instruction for one stage, the others staying as they are.
  ///
  /// It looks like an ordinary task of one stage. Its rows are still those of the whole program, so
  /// examples show what goes into the program and what must come out. A stage in the middle has
  /// answers of the type of what it writes.
  ///
  /// `showsRows` says that rows with the program's answers are shown beside the description.
  func task(
    ofStage stage: Stage, in base: Candidate, showsRows: Bool = true
  ) -> PromptTask {
    var task = self
    var shown = stage
    shown.call = nil
    shown.prompt = base.prompts[stage.name] ?? stage.prompt
    shown.prompt.demonstrations = []
    shown.prompt.nearest = nil
    let lines = inputFields.map { "\($0): {\($0)}" }.joined(separator: "\n")
    shown.prompt.question = (try? SlotTemplate(lines)) ?? shown.prompt.question
    if shown.prompt.layout == .systemMessage { shown.prompt.layout = .beforeQuestion }
    task.program = Program(stages: [shown], mostCalls: program.usualCalls)
    let fields =
      "\(stage.inputs.joined(separator: ", ")) and writes \(stage.outputs.joined(separator: ", "))"
    var step = "\(Self.stepOpening), \(stage.name), which reads \(fields)."
    if program.stages.count > 1 {
      let all = program.stages.map {
        "\($0.name) (\($0.inputs.joined(separator: ", ")) -> \($0.outputs.joined(separator: ", ")))"
      }
      step += " All steps in order: \(all.joined(separator: ", "))."
    }
    let isLast = stage.output == program.stages.last?.output
    if !isLast {
      task.answer = AnswerFormat(kind: stage.call?.signature.outputs.last?.type.kind ?? .freeText)
    }
    let parts =
      isLast
      ? [description, step]
      : [
        step, description.isEmpty ? "" : "The whole: " + description,
        showsRows ? "Expected answers are those of the last step." : "",
      ]
    task.description = parts.filter { !$0.isEmpty }.joined(separator: " ")
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

extension FieldType {
  /// The kind of answer that a field of the type is.
  fileprivate var kind: AnswerKind {
    switch self {
    case .text, .list: .freeText
    case .number: .number(decimals: 12)
    case .bool: .trueFalse
    case .label(let labels): .label(labels)
    case .json: .json(field: nil)
    }
  }
}
