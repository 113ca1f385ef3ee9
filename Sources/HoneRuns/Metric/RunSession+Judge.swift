// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RunSession {
  /// The most tokens of a judgement.
  private static var judgementTokens: Int { 300 }

  /// Asks the judge about each trial: one call of its role each.
  func judgeOutcomes(_ rubric: String, _ trials: [Trial]) async throws -> [Outcome] {
    let requests = trials.map { trial in
      GenerationRequest(
        input: .chat(
          JudgeRequest(rubric: rubric, example: trial.example, response: trial.response).messages),
        maxTokens: Self.judgementTokens)
    }
    return try await generate(requests, as: .judge).map { reply in
      switch reply {
      case .success(let judgement) where [.refused, .filtered].contains(judgement.finish):
        .failed(ModelError(.unsupported, "the judge refused to grade the answer"))
      case .success(let judgement): JudgeGrade.outcome(of: judgement.text)
      case .failure(let error): .failed(error)
      }
    }
  }
}
