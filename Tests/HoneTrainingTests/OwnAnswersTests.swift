// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import Testing

@testable import HoneTraining

@Suite(
  "A program's own right answers",
  .enabled(if: ProcessInfo.processInfo.environment["HONE_TEST_MODEL"] != nil))
struct OwnAnswersTests {
  private func added(least: Double = 1, longest: Int = 200) throws -> OwnAnswers {
    let path = try #require(ProcessInfo.processInfo.environment["HONE_TEST_MODEL"])
    let vocabulary = try ModelVocabulary(file: URL(filePath: path))
    let prompt = Prompt(instruction: "Answer.", question: try SlotTemplate("{text}"))
    let examples = (0..<6).map {
      Example(id: "row \($0)", fields: ["text": "question \($0)"], references: ["yes"])
    }
    func evaluation(_ answers: [(String, Double)]) -> Evaluation {
      Evaluation(
        candidate: "c",
        results: zip(examples, answers).map { example, answer in
          ExampleResult(
            example: example.id, response: answer.0, answer: answer.0,
            outcome: .scored(Score(answer.1)))
        }, score: nil)
    }
    let first = evaluation([
      ("yes", 1), ("no", 0), ("yes", 1), ("yes", 1), ("yes, of course", 0.5), ("", 1),
    ])
    let second = evaluation([
      ("yes", 1), ("yes", 1), ("yes!", 1), ("no", 0), ("no", 0), ("", 1),
    ])
    var answers = OwnAnswers()
    try answers.add(
      [first, second], of: examples, prompt: prompt,
      stage: Stage(name: "main", inputs: ["text"], output: "answer", prompt: prompt), least: least,
      longest: longest, vocabulary: vocabulary)
    return answers
  }

  @Test("Right answers are kept once each, by row, with the loss on the answer alone")
  func keeps() throws {
    let answers = try added()
    #expect(answers.tried == 6)
    #expect(answers.rows.map(\.count) == [1, 1, 2, 1])
    #expect(try added(least: 0.5).rows.count == 5)
    #expect(try added(longest: 5).rows.isEmpty)
    let text = try #require(answers.texts.first)
    #expect(text.targetCount == 2)
    #expect(text.promptCount > 5)
  }

  @Test("Rows are set aside as a whole, and too few rows are told")
  func data() throws {
    let answers = try added()
    let data = try answers.data(validationShare: 0.25, seed: 1)
    #expect(data.training.count + data.validation.count == 5)
    #expect(!data.validation.isEmpty)
    let error = #expect(throws: TrainingError.self) {
      try added(longest: 5).data(validationShare: 0.1, seed: 1)
    }
    #expect(error?.description.contains("Of 6 training rows 0") == true)
  }
}
