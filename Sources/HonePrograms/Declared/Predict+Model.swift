// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

extension Predict {
  /// Asks a model, outside a run.
  ///
  /// Costs a call a vote, and one for each reply that must be asked for again.
  /// - Throws: ``StageFailure``, ``SignatureProblem``, and what ends the model's batch.
  public func callAsFunction(
    _ inputs: Declared.Inputs, from model: any LanguageModel, checks: [StageCheck] = []
  ) async throws -> Prediction<Declared> {
    let results = try await answers([inputs], from: model, checks: checks)
    guard let first = results.first else {
      throw StageFailure.failed(stage: name, ModelError(.engine, "the stage was not asked"))
    }
    return try first.get()
  }

  /// Asks a model for many inputs as one batch; one result an input, in order.
  /// - Throws: ``SignatureProblem``, ``ProgramMistake``, and what ends the model's batch.
  public func answers(
    _ inputs: [Declared.Inputs], from model: any LanguageModel, checks: [StageCheck] = []
  ) async throws -> [Result<Prediction<Declared>, StageFailure>] {
    let program = Program(stages: [try stage()])
    let prompts = Candidate(seedOf: program).prompts
    let body = PredictBody(predict: self, inputs: inputs, checks: checks)
    let settings = GenerationSettings(maxTokens: 512)
    let batch = ProgramBatch(program: program, body: body, generation: settings)
    let cases = inputs.indices.map {
      ProgramCase(prompts: prompts, inputs: [PredictBody<Declared>.position: "\($0)"])
    }
    let results = try await batch.run(cases) { requests in
      try await model.allAnswers(to: requests)
    }
    let found = body.found.withLock { $0 }
    return results.enumerated().map { index, result in
      result.values.flatMap { _ in
        found[index].map(Result.success)
          ?? .failure(.failed(stage: name, ModelError(.engine, "the stage was not asked")))
      }
    }
  }
}

/// One declared stage as a program, which keeps the typed values.
private final class PredictBody<Declared: DeclaredSignature>: ProgramBody {
  static var position: String { "position" }

  let predict: Predict<Declared>
  let inputs: [Declared.Inputs]
  let checks: [StageCheck]
  let found = Mutex([Int: Prediction<Declared>]())

  init(predict: Predict<Declared>, inputs: [Declared.Inputs], checks: [StageCheck]) {
    self.predict = predict
    self.inputs = inputs
    self.checks = checks
  }

  func run(_ values: [String: String], in run: ProgramRun) async throws -> [String: String] {
    guard let index = values[Self.position].flatMap(Int.init), inputs.indices.contains(index)
    else { return [:] }
    let result = try await predict(inputs[index], in: run, checks: checks)
    found.withLock { $0[index] = result }
    return result.texts
  }
}

extension LanguageModel {
  /// The answers to a batch, in the order of the requests.
  fileprivate func allAnswers(
    to requests: [GenerationRequest]
  ) async throws -> [Result<Generation, ModelError>] {
    var answers = [Result<Generation, ModelError>](
      repeating: .failure(ModelError(.engine, "the model did not answer")), count: requests.count)
    for try await element in generate(requests) where answers.indices.contains(element.index) {
      answers[element.index] = element.result
    }
    return answers
  }
}
