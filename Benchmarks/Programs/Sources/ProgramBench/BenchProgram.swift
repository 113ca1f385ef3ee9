// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A program of three stages with a demonstration each, over questions that are all different.
enum BenchProgram {
  static func make() throws -> Program {
    var stages = [
      try Stage(
        "plan", "question -> plan", instruction: "Say in one line what must be computed."),
      try Stage(
        "solve", "question, plan -> answer: number", instruction: "Solve the problem.",
        module: .chainOfThought),
      try Stage(
        "check", "question, answer -> sure: yes | no, final: number",
        instruction: "Check the answer and give the right one."),
    ]
    let shown = [
      Demonstration(
        fields: ["question": "Two boxes hold 6 eggs each. How many eggs are there?"],
        answer: "Multiply the boxes by the eggs of a box."),
      Demonstration(
        fields: [
          "question": "Two boxes hold 6 eggs each. How many eggs are there?",
          "plan": "Multiply the boxes by the eggs of a box.", "reasoning": "2 times 6 is 12.",
        ], answer: "12"),
      Demonstration(
        fields: [
          "question": "Two boxes hold 6 eggs each. How many eggs are there?", "answer": "12",
          "sure": "yes",
        ], answer: "12"),
    ]
    for (index, item) in shown.enumerated() { stages[index].prompt.demonstrations = [item] }
    return Program(stages: stages)
  }

  /// What the model says in each stage, in the order of the stages.
  static func reply(stage: Int, example: Int) -> String {
    switch stage {
    case 0: "Plan: Add the \(example) apples and the 3 pears."
    case 1: "Reasoning: There are \(example) apples.\nAnswer: \(example + 3)"
    default: "Sure: yes\nFinal: \(example + 3)"
    }
  }

  static func examples(_ count: Int) -> [Example] {
    (0..<count).map { number in
      Example(
        id: "fruit.jsonl:\(number + 1)",
        fields: ["question": "Ann has \(number) apples and 3 pears. How much fruit is that?"],
        references: ["\(number + 3)"])
    }
  }

  static func task(examples: Int) throws -> LoadedTask {
    let task = PromptTask(
      name: "bench", description: "Word problems of one step.", inputFields: ["question"],
      answer: AnswerFormat(kind: .number(decimals: 2)), metric: .accuracy, program: try make())
    return LoadedTask(
      task: task,
      splits: DataSplits(
        train: [], dev: Self.examples(examples), test: SealedExamples([])))
  }
}
