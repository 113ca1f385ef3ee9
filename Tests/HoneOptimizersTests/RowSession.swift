// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Synchronization

/// A session without models that scores each row by a closure and remembers pairs, as a run does.
final class RowSession: OptimizationSession {
  typealias Scorer = @Sendable (_ instruction: String, _ row: Example) -> Double?
  typealias Writer = @Sendable (GenerationRequest) -> Result<Generation, ModelError>

  private struct Log {
    var events: [RunEvent] = []
    var requests: [GenerationRequest] = []
    var batches: [[EvaluationRequest]] = []
    var known: Set<String> = []
    var calls = 0
  }

  let task: PromptTask
  let train: [Example]
  let dev: [Example]
  private let score: Scorer
  private let write: Writer
  private let log = Mutex(Log())

  init(
    task: PromptTask, train: [Example] = examples(24), dev: [Example] = examples(20),
    write: @escaping Writer = { _ in .failure(ModelError(.unavailable, "no optimizer model here"))
    },
    score: @escaping Scorer
  ) {
    self.task = task
    // Rows of train and dev have different ids.
    self.train = train.map {
      Example(id: "train:" + $0.id, fields: $0.fields, references: $0.references)
    }
    self.dev = dev
    self.write = write
    self.score = score
  }

  var events: [RunEvent] { log.withLock { $0.events } }
  var requests: [GenerationRequest] { log.withLock { $0.requests } }
  /// The evaluations of each call.
  var batches: [[EvaluationRequest]] { log.withLock { $0.batches } }
  var calls: Int { log.withLock { $0.calls } }

  func random(_ stream: String) -> SeededGenerator {
    SeededGenerator(seed: task.seed, stream: stream)
  }

  func remaining() async -> Budget {
    Budget(calls: task.budget.calls.map { $0 - calls })
  }

  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    try log.withLock { log in
      log.batches.append(requests)
      for request in requests {
        for row in request.examples where log.known.insert(request.candidate.id + row.id).inserted {
          try pay(1, &log)
        }
      }
    }
    return requests.map { request in
      let results = request.examples.map { row in
        ExampleResult(
          example: row.id, response: "so be it", answer: nil,
          outcome: score(request.candidate.instruction, row).map { .scored(Score($0)) }
            ?? .failed(ModelError(.unavailable, "the line is dead")))
      }
      return Evaluation(
        candidate: request.candidate.id, results: results, examples: request.examples,
        metric: task.metric, kind: task.answer.kind)
    }
  }

  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] {
    try log.withLock { log in
      try pay(requests.count, &log)
      log.requests += requests
    }
    return requests.map(write)
  }

  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] {
    throw ModelError(.unsupported, "no likelihoods here")
  }

  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] {
    throw ModelError(.unusableModel, "no model is set for the embedder")
  }

  func record(_ event: RunEvent) async throws {
    log.withLock { $0.events.append(event) }
  }

  private func pay(_ count: Int, _ log: inout Log) throws {
    if let limit = task.budget.calls, log.calls + count > limit {
      throw BudgetExhausted(
        limit: .calls, allowed: Double(limit), needed: Double(log.calls + count))
    }
    log.calls += count
  }
}
