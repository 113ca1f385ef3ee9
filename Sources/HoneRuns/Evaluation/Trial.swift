// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// One example under one candidate on its way to an outcome.
struct Trial: Sendable {
  let candidate: Candidate
  let example: Example
  /// The candidate's prompts, with the demonstrations chosen for the example.
  var prompts: [String: Prompt]
  /// The places of those demonstrations by stage, where they are chosen.
  var shown: [String: [Int]] = [:]
  /// The example's fields and what earlier stages wrote.
  var fields: [String: String]
  var response = ""
  var answer: String?
  /// How the last call ended, when without a whole answer.
  var ending: CallEnding?
  /// Set as soon as it is known, by a failure or by the metric.
  var outcome: Outcome?
  /// What each stage of a typed program did.
  var trace: [StageTrace]?

  init(_ candidate: Candidate, _ example: Example) {
    self.candidate = candidate
    self.example = example
    prompts = candidate.prompts
    fields = example.fields
  }

  /// The result; a trial that no step has decided failed.
  var result: ExampleResult {
    ExampleResult(
      example: example.id, response: response, answer: answer,
      outcome: outcome ?? .failed(ModelError(.engine, "the example was not evaluated")),
      trace: trace)
  }

  /// The model's input for a stage.
  /// - Throws: ``RunError`` when the candidate has no such stage or a slot has no value.
  func input(for stage: Stage, fields: [String: String]? = nil) throws(RunError) -> ModelInput {
    guard let prompt = prompts[stage.name] else {
      throw .badTask("the candidate \(candidate.id) has no prompt for the stage \(stage.name)")
    }
    do {
      return try stage.input(prompt, fields ?? self.fields).showing(example.images)
    } catch {
      throw .badTask("the example \(example.id) cannot be put into the prompt: \(error)")
    }
  }

  /// The trial with the answer its response gives.
  func answered(by kind: PreparedAnswerKind) -> Trial {
    var trial = self
    trial.answer = kind.read(response)
    return trial
  }

  /// Takes what the metric says; where no answer could be read, the call's ending tells why.
  mutating func take(_ scored: Outcome) {
    switch (scored, ending) {
    case (.unparsable, .empty): outcome = .empty
    case (.unparsable, .cut): outcome = .cut
    default: outcome = scored
    }
  }

  /// Takes a model's text, or sets the outcome when there is none.
  mutating func take(_ result: Result<Generation, ModelError>) {
    switch result {
    case .success(let generation):
      response = generation.text
      ending = generation.ending
      if ending == .refused { outcome = .refused }
      if ending == .filtered { outcome = .filtered }
    case .failure(let error): outcome = .failed(error)
    }
  }
}
