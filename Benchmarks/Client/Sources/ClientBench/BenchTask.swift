// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A task of short reviews, each of its own.
enum BenchTask {
  static func make(rows: Int) throws -> LoadedTask {
    let prompt = Prompt(
      instruction: "Is this review positive or negative? Answer with one word.",
      question: try SlotTemplate("{review}"))
    let task = PromptTask(
      name: "bench", description: "Tell whether a review is positive or negative.",
      inputFields: ["review"], answer: AnswerFormat(kind: .label(["positive", "negative"])),
      metric: .accuracy, program: Program(prompt: prompt, inputs: ["review"]))
    let dev = (0..<rows).map { number in
      Example(
        id: "reviews.jsonl:\(number + 1)",
        fields: ["review": "This is review number \(number) of something that I liked a lot."],
        references: ["positive"])
    }
    return LoadedTask(
      task: task, splits: DataSplits(train: [], dev: dev, test: SealedExamples([])))
  }
}
