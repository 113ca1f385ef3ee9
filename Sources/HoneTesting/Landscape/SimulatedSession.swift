// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// A session in memory, on a landscape: thousands of evaluations in a second, nothing on disk.
///
/// It keeps the rules of real sessions that a search can notice: calls are limited, a pair of prompt
/// and row is paid for once, and all chance comes from the seed. Records are dropped.
public final class SimulatedSession: OptimizationSession {
  /// The task: the landscape's starting prompt, right or wrong by row.
  public let task: PromptTask
  /// The training rows.
  public let train: [Example]
  /// The rows that prompts are compared on.
  public let dev: [Example]
  private let landscape: Landscape
  private let model: SimulatedOptimizerModel
  private let state = Mutex((calls: 0, evaluated: [String: Set<String>]()))

  /// Creates a session on a landscape, with its starting prompt.
  ///
  /// - Parameters:
  ///   - model: The optimizer model, which brings the landscape.
  ///   - train: Training rows.
  ///   - dev: Rows that prompts are compared on.
  ///   - calls: The most calls over all roles.
  /// - Throws: `SlotTemplateError` when the question's template cannot be read.
  public init(model: SimulatedOptimizerModel, train: Int, dev: Int, calls: Int) throws {
    self.model = model
    landscape = model.landscape
    self.train = Self.rows(train, of: "train")
    self.dev = Self.rows(dev, of: "dev")
    let prompt = Prompt(
      instruction: landscape.start.text, question: try SlotTemplate("{input}"))
    task = PromptTask(
      name: "landscape", description: "Tell the kind of a row.", inputFields: ["input"],
      answer: AnswerFormat(kind: .label(["left", "right"])), metric: .accuracy,
      program: Program(prompt: prompt, inputs: ["input"]),
      models: [.task: "simulated-task", .optimizer: model.identity.name],
      budget: Budget(calls: calls), seed: landscape.seed)
  }

  /// The calls so far.
  public var calls: Int { state.withLock { $0.calls } }

  /// A generator of the landscape's seed.
  public func random(_ stream: String) -> SeededGenerator {
    SeededGenerator(seed: task.seed, stream: stream)
  }

  /// The calls that are left.
  public func remaining() async -> Budget {
    Budget(calls: task.budget.calls.map { max(0, $0 - calls) })
  }

  /// Answers rows by the prompts' true scores; one call for each pair that is new.
  public func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    try state.withLock { state in
      var new: [String: Set<String>] = [:]
      for request in requests {
        let known = state.evaluated[request.candidate.id] ?? []
        let rows = request.examples.map(\.id).filter { !known.contains($0) }
        new[request.candidate.id, default: []].formUnion(rows)
      }
      try pay(new.values.reduce(0) { $0 + $1.count }, &state.calls)
      state.evaluated.merge(new) { $0.union($1) }
    }
    return requests.map(answers)
  }

  private func answers(_ request: EvaluationRequest) -> Evaluation {
    let instruction = request.candidate.instruction
    let score = landscape.trueScore(of: instruction)
    let key = StableHash.of(instruction)
    let results = request.examples.map { row in
      let isRight = landscape.isRight(score: score, key: key, row: row.id)
      let answer = isRight ? row.references[0] : "left"
      return ExampleResult(
        example: row.id, response: answer, answer: answer, outcome: .scored(Score(isRight ? 1 : 0)))
    }
    return Evaluation(
      candidate: request.candidate.id, results: results, examples: request.examples,
      metric: task.metric, kind: task.answer.kind)
  }

  /// Asks the simulated optimizer model; one call a request.
  public func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] {
    guard role == .optimizer else {
      throw ModelError(.unsupported, "the landscape's task model answers evaluations only")
    }
    try state.withLock { try pay(requests.count, &$0.calls) }
    return requests.map {
      .success(
        Generation(
          text: model.reply(to: $0), finish: .endOfTurn, usage: Usage(completionTokens: 1)))
    }
  }

  /// Always fails: a landscape has none.
  public func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] {
    throw ModelError(.unsupported, "the landscape has no likelihoods")
  }

  /// One axis for each word of the grammar, so that the cosine is the share of equal words.
  public func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] {
    try state.withLock { try pay(texts.count, &$0.calls) }
    return texts.map { text in
      let prompt = LandscapePrompt(text)
      let places = LandscapePrompt.places
      let unit = 1 / Float(places.count).squareRoot()
      var values: [Float] = []
      for place in places.indices {
        values += places[place].indices.map { prompt?.choices[place] == $0 ? unit : 0 }
      }
      return .success(Embedding(values: values, usage: Usage()))
    }
  }

  /// Drops the event.
  public func record(_ event: RunEvent) async throws {}

  private func pay(_ count: Int, _ calls: inout Int) throws {
    if let limit = task.budget.calls, calls + count > limit {
      throw BudgetExhausted(
        limit: .calls, allowed: Double(limit), needed: Double(calls + count))
    }
    calls += count
  }

  private static func rows(_ count: Int, of split: String) -> [Example] {
    (0..<max(0, count)).map {
      Example(id: "\(split):\($0)", fields: ["input": "\(split) row \($0)"], references: ["right"])
    }
  }
}
