// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RunSession {
  /// Lets the likelihoods of the answer kind's options choose the answers.
  ///
  /// Costs one call a trial, and one a prompt for content-free calibration.
  func choose(
    _ stage: Stage, for trials: inout [Trial], by choice: LikelihoodChoice
  ) async throws {
    let kind = task.answer.kind
    guard let options = kind.options, !options.isEmpty else {
      throw RunError.badTask(
        "answers of the kind \(kind.name) have no fixed options to choose among; "
          + "let the answer be generated")
    }
    let baselines = try await baselines(stage, for: trials, options: options, by: choice)
    let open = trials.indices.filter { trials[$0].outcome == nil }
    let requests = try open.map { index in
      likelihoodRequest(
        try trials[index].input(for: stage), options: options, layout: trials[index], stage: stage)
    }
    for (index, result) in zip(open, try await likelihoods(requests, as: .task)) {
      let baseline = baselines[trials[index].promptKey]
      do throws(ModelError) {
        let chosen = kind.choose(
          try result.get(), contentFree: try baseline?.get(), by: choice)
        guard let chosen else {
          throw ModelError(.engine, "the model's likelihoods do not tell the options apart")
        }
        trials[index].response = options[chosen]
        trials[index].answer = options[chosen]
      } catch {
        trials[index].outcome = .failed(error)
      }
    }
  }

  /// The likelihoods under each different prompt with nothing in it, by ``Trial/promptKey``.
  private func baselines(
    _ stage: Stage, for trials: [Trial], options: [String], by choice: LikelihoodChoice
  ) async throws -> [String: Result<Likelihoods, ModelError>] {
    guard choice.calibration == .contentFree else { return [:] }
    var prompts: [String] = []
    var requests: [LikelihoodRequest] = []
    for trial in trials where !prompts.contains(trial.promptKey) {
      let empty = trial.fields.mapValues { _ in "N/A" }
      prompts.append(trial.promptKey)
      requests.append(
        likelihoodRequest(
          try trial.input(for: stage, fields: empty), options: options, layout: trial,
          stage: stage))
    }
    let results = try await likelihoods(requests, as: .task)
    return Dictionary(zip(prompts, results), uniquingKeysWith: { first, _ in first })
  }

  /// Options follow a space in a completed text, unless its layout ends with one, and stand alone
  /// as a chat's answer.
  private func likelihoodRequest(
    _ input: ModelInput, options: [String], layout trial: Trial, stage: Stage
  ) -> LikelihoodRequest {
    guard case .raw(let template) = trial.candidate.prompts[stage.name]?.layout,
      template.source.last?.isWhitespace != true
    else { return LikelihoodRequest(input: input, continuations: options) }
    return LikelihoodRequest(input: input, continuations: options.map { " " + $0 })
  }
}
