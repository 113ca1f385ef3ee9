// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The grade of a judging model, 0…1.
public struct JudgeReward: Reward {
  private let judge: any LanguageModel
  private let rubric: String
  private static let judgementTokens = 256

  /// Creates a reward.
  /// - Parameters:
  ///   - judge: The model that grades.
  ///   - rubric: What makes a good answer.
  public init(judge: any LanguageModel, rubric: String) {
    self.judge = judge
    self.rubric = rubric
  }

  /// The grades; costs one call of the judge for each answer.
  /// - Throws: ``TrainingError`` of kind `badData` for a judgement without a grade, or `ModelError`.
  public func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    let requests = answers.map { answer in
      let example = Example(
        id: "row", fields: ["prompt": answer.prompt],
        references: answer.reference.map { [$0] } ?? [])
      let request = JudgeRequest(rubric: rubric, example: example, response: answer.answer)
      return GenerationRequest(input: .chat(request.messages), maxTokens: Self.judgementTokens)
    }
    var grades = [Double](repeating: 0, count: answers.count)
    for try await element in judge.generate(requests) {
      let text = try element.result.get().text
      guard let grade = JudgeGrade(text) else {
        throw TrainingError(
          .badData,
          "The judge gave the answer to “\(answers[element.index].prompt.prefix(60))” no grade that"
            + " can be read, but “\(text.prefix(80))”; choose an abler judge.")
      }
      grades[element.index] = grade.grade / 10
    }
    return grades
  }
}
