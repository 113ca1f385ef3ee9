// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore

extension RunSession {
  /// The most trials worked on at once, so that memory stays bounded.
  private static var trialLimit: Int { 4096 }

  /// Evaluates candidates on examples; see `OptimizationSession`.
  ///
  /// A batch that does not fit into the budget as a whole is answered from its start as far as it
  /// fits, recorded, and ends with `BudgetExhausted`.
  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    keepBackFinalTest(of: requests.map(\.candidate))
    var results: [ExampleResult] = []
    results.reserveCapacity(requests.reduce(0) { $0 + $1.examples.count })
    var trials: [Trial] = []
    func work() async throws {
      let decided = try await decided(trials)
      try record(decided)
      results += decided.map(\.result)
      trials.removeAll(keepingCapacity: true)
    }
    for request in requests {
      for example in request.examples {
        trials.append(Trial(request.candidate, example))
        if trials.count == Self.trialLimit { try await work() }
      }
    }
    if !trials.isEmpty { try await work() }
    var rest = results[...]
    return requests.map { request in
      let own = Array(rest.prefix(request.examples.count))
      rest = rest.dropFirst(own.count)
      return Evaluation(
        candidate: request.candidate.id, results: own, examples: request.examples,
        metric: task.metric, kind: task.answer.kind)
    }
  }

  /// Runs the program's stages, reads the answers and scores them.
  private func decided(_ trials: [Trial]) async throws -> [Trial] {
    var trials = trials
    try await chooseDemonstrations(for: &trials)
    if task.program.isTyped || body != nil {
      try await runProgram(for: &trials)
    } else {
      try await runStages(for: &trials)
    }
    for index in trials.indices { trials[index].keepShown(task.program) }
    let open = trials.indices.filter { trials[$0].outcome == nil }
    let outcomes = try await score(task.metric, open.map { trials[$0] })
    for (index, outcome) in zip(open, outcomes) { trials[index].take(outcome) }
    return trials
  }

  /// Stages whose whole response is their output, one batch each; the last gives the answer.
  private func runStages(for trials: inout [Trial]) async throws {
    for stage in task.program.stages.dropLast() {
      try await generate(stage, for: &trials, decides: false)
      for index in trials.indices { trials[index].fields[stage.output] = trials[index].response }
    }
    guard let last = task.program.stages.last else {
      throw RunError.badTask("the task's program has no stage; give it a prompt")
    }
    switch task.answer.source {
    case .generation:
      try await generate(last, for: &trials, decides: !task.answer.finalTurn)
      let kind = PreparedAnswerKind(task.answer.kind)
      if task.answer.finalTurn { try await askFinalAnswer(last, of: &trials, as: kind) }
      trials = try await inParts(trials) { part in
        part.map { $0.outcome == nil && $0.answer == nil ? $0.answered(by: kind) : $0 }
      }
    case .likelihood(let choice):
      try await choose(last, for: &trials, by: choice)
    }
  }

  private func generate(_ stage: Stage, for trials: inout [Trial], decides: Bool) async throws {
    let open = trials.indices.filter { trials[$0].outcome == nil }
    let requests = try open.map { index in
      request(try trials[index].input(for: stage), decides: decides)
    }
    for (index, result) in zip(open, try await generate(requests, as: .task)) {
      trials[index].take(result)
    }
  }

  /// Asks in a second turn for the answer alone; the first response stays the trial's response.
  private func askFinalAnswer(
    _ stage: Stage, of trials: inout [Trial], as kind: PreparedAnswerKind
  ) async throws {
    let open = trials.indices.filter { trials[$0].outcome == nil }
    let question = task.answer.kind.finalTurnRequest
    let requests = try open.map { index in
      let input = try trials[index].input(for: stage)
      return request(
        input.continued(by: trials[index].response, asking: question), decides: true)
    }
    for (index, result) in zip(open, try await generate(requests, as: .task)) {
      let first = trials[index].response
      trials[index].take(result)
      let final = trials[index].response
      trials[index].answer = kind.read(final)
      trials[index].response = first + "\n\n" + final
    }
  }

  private func request(_ input: ModelInput, decides: Bool) -> GenerationRequest {
    let settings = task.generation
    let mayStop = decides && !settings.fullResponses && task.metric.readsAnswerOnly
    return GenerationRequest(
      input: input, maxTokens: settings.maxTokens, temperature: settings.temperature,
      stop: settings.stop,
      // Greedy answers do not depend on the seed, so runs of all seeds share them.
      seed: settings.temperature > 0 ? task.seed : 0,
      stopWhenDecided: mayStop ? task.answer.kind : nil, schema: settings.schema)
  }

  private func record(_ trials: [Trial]) throws {
    var rest = trials[...]
    while let first = rest.first {
      let own = rest.prefix { $0.candidate.id == first.candidate.id }
      try store.record(own.map(\.result), of: first.candidate.id)
      rest = rest.dropFirst(own.count)
    }
  }
}

extension ModelInput {
  /// The conversation after a response, with one more question.
  func continued(by response: String, asking question: String) -> ModelInput {
    switch self {
    case .chat(let messages):
      .chat(messages + [Message(.assistant, response), Message(.user, question)])
    case .text(let text):
      .text(text + response + "\n" + question + "\n")
    }
  }
}

extension MetricConfiguration {
  /// Whether a response may end where its answer is decided, as nothing else of it is scored.
  var readsAnswerOnly: Bool {
    switch self {
    case .accuracy, .macroF1, .tokenF1, .rouge1, .rouge2, .rougeL, .bleu, .chrf, .editSimilarity:
      true
    case .exactMatch, .number, .regex, .jsonEquality, .contains, .length, .command, .judge: false
    case .weighted(let parts): parts.allSatisfy { $0.metric.readsAnswerOnly }
    }
  }
}
