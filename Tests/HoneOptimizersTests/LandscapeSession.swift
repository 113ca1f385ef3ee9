// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Synchronization

/// A session without models: a closure scores instructions, another writes the optimizer's texts.
final class LandscapeSession: OptimizationSession {
  let task: PromptTask
  let train: [Example]
  let dev: [Example]
  private let score: @Sendable (String) -> Double?
  private let write: @Sendable (GenerationRequest) -> Result<Generation, ModelError>
  private let answer: (@Sendable (String, Example) -> String)?
  private let vector: (@Sendable (String) -> [Float])?
  private let log = Mutex((events: [RunEvent](), requests: [GenerationRequest](), calls: 0))

  init(
    task: PromptTask, train: [Example] = examples(48), dev: [Example] = examples(20),
    vector: (@Sendable (String) -> [Float])? = nil,
    write: @escaping @Sendable (GenerationRequest) -> Result<Generation, ModelError> = { _ in
      .failure(ModelError(.unavailable, "no optimizer model here"))
    },
    answer: (@Sendable (String, Example) -> String)? = nil,
    score: @escaping @Sendable (String) -> Double? = { _ in nil }
  ) {
    self.task = task
    self.train = train
    self.dev = dev
    self.vector = vector
    self.write = write
    self.answer = answer
    self.score = score
  }

  var events: [RunEvent] { log.withLock { $0.events } }
  var requests: [GenerationRequest] { log.withLock { $0.requests } }
  var calls: Int { log.withLock { $0.calls } }

  func random(_ stream: String) -> SeededGenerator {
    SeededGenerator(seed: task.seed, stream: stream)
  }

  func remaining() async -> Budget {
    Budget(calls: task.budget.calls.map { $0 - calls })
  }

  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    try pay(requests.reduce(0) { $0 + $1.examples.count })
    if let answer { return requests.map { Self.evaluation(of: $0, by: answer) } }
    return requests.map { request in
      let value = score(request.candidate.instruction)
      let results = request.examples.map { example in
        ExampleResult(
          example: example.id, response: "", answer: nil,
          outcome: value.map { .scored(Score($0)) }
            ?? .failed(ModelError(.unavailable, "the line is dead")))
      }
      return Evaluation(candidate: request.candidate.id, results: results, score: value)
    }
  }

  /// Scores answers row by row.
  private static func evaluation(
    of request: EvaluationRequest, by answer: @Sendable (String, Example) -> String
  ) -> Evaluation {
    let results = request.examples.map { example in
      let text = answer(request.candidate.instruction, example)
      return ExampleResult(
        example: example.id, response: text, answer: text,
        outcome: .scored(Score(example.references.contains(text) ? 1 : 0)))
    }
    let values = results.compactMap(\.outcome.value)
    return Evaluation(
      candidate: request.candidate.id, results: results,
      score: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
  }

  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] {
    try pay(requests.count)
    log.withLock { $0.requests.append(contentsOf: requests) }
    return requests.map(write)
  }

  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] {
    throw ModelError(.unsupported, "no likelihoods here")
  }

  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] {
    guard let vector else { throw ModelError(.unusableModel, "no model is set for the embedder") }
    try pay(texts.count)
    return texts.map { .success(Embedding(values: vector($0), usage: Usage())) }
  }

  func record(_ event: RunEvent) async throws {
    log.withLock { $0.events.append(event) }
  }

  private func pay(_ count: Int) throws {
    try log.withLock { log in
      if let limit = task.budget.calls, log.calls + count > limit {
        throw BudgetExhausted(
          limit: .calls, allowed: Double(limit), needed: Double(log.calls + count))
      }
      log.calls += count
    }
  }
}

/// Rows with made-up texts.
func examples(_ count: Int) -> [Example] {
  (0..<count).map {
    Example(
      id: "rows:\($0)", fields: ["input": "the \($0)th thing that somebody wrote about a film"],
      references: [$0.isMultiple(of: 2) ? "positive" : "negative"])
  }
}

/// A task of a kind of answer.
func task(
  _ kind: AnswerKind = .label(["positive", "negative"]),
  instruction: String = "Let's think step by step.",
  description: String = "Decide whether a movie review is positive or negative.",
  raw: String? = "Review: {input}\n{instruction}", calls: Int? = nil, seed: UInt64 = 1,
  models: [ModelRole: String] = [:]
) throws -> PromptTask {
  let layout: PromptLayout = try raw.map { .raw(try SlotTemplate($0)) } ?? .afterQuestion
  let prompt = Prompt(
    instruction: instruction, layout: layout, question: try SlotTemplate("{input}"))
  return PromptTask(
    name: "reviews", description: description, inputFields: ["input"],
    answer: AnswerFormat(kind: kind), metric: .accuracy,
    program: Program(prompt: prompt, inputs: ["input"]), models: models,
    budget: Budget(calls: calls), seed: seed)
}

/// A scored candidate with an instruction.
func scored(_ instruction: String, _ score: Double, task: PromptTask) -> ScoredCandidate {
  let seed = Candidate(seedOf: task.program)
  let child = seed.child(instruction: instruction, move: "test", step: 1)
  return ScoredCandidate(child.instruction == seed.instruction ? seed : child, score: score)
}

/// A response of an optimizer model.
func reply(_ text: String) -> Result<Generation, ModelError> {
  .success(Generation(text: text, finish: .endOfTurn, usage: Usage()))
}
