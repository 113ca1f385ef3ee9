// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

/// The best prompts by dev are scored on the training rows before one is returned.
struct FinalistTests {
  /// The higher the number of a prompt the better it is on dev, by luck: on train it is the other
  /// way round, and more so.
  private func session(raw: Bool = true, calls: Int? = nil) throws -> RowSession {
    RowSession(
      task: try raw ? task(calls: calls) : task(raw: nil, calls: calls),
      write: { reply("<new_prompt>Feeling \($0.sampleIndex):</new_prompt>") },
      score: { instruction, row in
        guard let number = instruction.split(separator: " ").last?.dropLast(),
          let value = Double(number)
        else { return 0 }
        return row.id.hasPrefix("train:") ? 0.8 - 0.1 * value : 0.5 + 0.01 * value
      })
  }

  private func search(_ finalists: Finalists) -> WithFinalists {
    var gpo = GPO(
      trajectory: .none, proposer: .always(MetaPromptProposer()), candidates: 6, epochs: 1)
    gpo.search.rounds = 1
    return WithFinalists(gpo, finalists)
  }

  @Test("Without finalists the luckiest on dev is returned")
  func without() async throws {
    let result = try await search(.none).optimize(in: try session())
    #expect(result.best.instruction == "Feeling 5:")
  }

  @Test("Of three finalists the best on both is returned, with its score on dev")
  func three() async throws {
    let session = try session()
    let result = try await search(Finalists(count: 3)).optimize(in: session)
    #expect(result.best.instruction == "Feeling 3:")
    #expect(result.devScore.map { ($0 * 100).rounded() } == 53)
    let last = try #require(session.batches.last)
    #expect(last.map(\.candidate.instruction) == ["Feeling 5:", "Feeling 4:", "Feeling 3:"])
    #expect(last.allSatisfy { $0.examples == session.train })
    #expect(
      session.events.contains {
        guard case .note(let text) = $0 else { return false }
        return text.contains("it was number 3 on dev")
      })
  }

  @Test("The plan sets the calls of the finalists aside")
  func plan() throws {
    let search = search(Finalists(count: 3))
    let facts = TaskFacts(train: 24, dev: 20, callsPerExample: 1)
    #expect(search.cost(of: facts).minimum == 20 + 6 * 21 + 3 * 24)
  }

  @Test(
    "The usual finalists are scored where dev has few rows, on no more training rows than these",
    arguments: [(40, 30, 30), (20, 30, 20), (200, 50, 50), (40, 51, 0)])
  func usual(train: Int, dev: Int, rows: Int) throws {
    #expect(Finalists.usual.rows(train: train, dev: dev) == rows)
    let search = search(.usual)
    let facts = TaskFacts(train: train, dev: dev, callsPerExample: 1)
    // They are no part of the least budget.
    #expect(search.cost(of: facts).minimum == dev + 6 * (dev + 1))
    #expect(search.cost(of: facts).maximum == dev + 1 + 6 * (dev + 1) + 5 * rows)
  }

  @Test("Fewer training rows are drawn at random, the same for all finalists")
  func brief() async throws {
    let session = try session()
    let search = search(.usual)
    let result = try await search.optimize(in: session)
    let last = try #require(session.batches.last)
    #expect(last.count == 5 && last.allSatisfy { $0.examples == last[0].examples })
    #expect(last[0].examples.count == 20 && Set(last[0].examples.map(\.id)).count == 20)
    #expect(last[0].examples.allSatisfy { $0.id.hasPrefix("train:") })
    #expect(last[0].examples != Array(session.train.prefix(20)))
    #expect(result.best.instruction == "Feeling 1:")
  }

  @Test("Where the search leaves fewer calls, fewer rows decide, and without any it is dev")
  func budget() async throws {
    // Dev, a step, and what is left for three finalists.
    let used = 20 + 6 * 21
    let session = try session(calls: used + 3 * 7 + 2)
    let result = try await search(Finalists(count: 3)).optimize(in: session)
    #expect(session.batches.last?.map(\.examples.count) == [7, 7, 7])
    #expect(result.best.instruction == "Feeling 3:")
    let none = try await search(Finalists(count: 3)).optimize(in: try self.session(calls: used + 2))
    #expect(none.best.instruction == "Feeling 5:")
  }

  @Test("A row that a finalist shows is asked without it, and no finalist sees a row's answer")
  func shown() async throws {
    let session = try session(raw: false)
    let draws = LabeledFewShot(demonstrations: 4, sets: 5)
    _ = try await WithFinalists(draws, Finalists(count: 5)).optimize(in: session)
    let last = try #require(session.batches.last)
    #expect(last.reduce(0) { $0 + $1.examples.count } == 5 * session.train.count)
    for request in last {
      let shown = request.candidate.prompts.values.flatMap(\.demonstrations).map(\.fields)
      #expect(request.examples.allSatisfy { !shown.contains($0.fields) })
    }
    // The seed shows none, and each of the four sets hides its four rows one by one.
    let hiding = last.filter { $0.examples.count == 1 }
    #expect(hiding.count == 16 && hiding.allSatisfy { $0.candidate.demonstrationCount == 3 })
  }

  @Test("The search is told of fewer calls than there are, and all are used")
  func reserve() async throws {
    // Five finalists on 20 rows are 100 calls; the other 100 pay for the seed and four sets.
    let session = try session(raw: false, calls: 200)
    let draws = LabeledFewShot(demonstrations: 2, sets: 50)
    _ = try await WithFinalists(draws, .usual).optimize(in: session)
    #expect(session.batches.dropLast().flatMap { $0 }.count == 1 + 4)
    #expect(session.batches.last.map { $0.reduce(0) { $0 + $1.examples.count } } == 100)
    #expect(session.calls == 200)
  }

  @Test("Prompts that lack a demonstration leave calls for their own calibration")
  func calibrated() async throws {
    var task = try task(raw: nil, calls: 200)
    task.answer.source = .likelihood(LikelihoodChoice(calibration: .contentFree))
    let session = RowSession(task: task, score: { _, _ in 0.5 })
    let draws = LabeledFewShot(demonstrations: 2, sets: 50)
    _ = try await WithFinalists(draws, .usual).optimize(in: session)
    // Four of the five show two rows each, so 8 of 100 calls are kept: 18 rows for each.
    #expect(session.batches.last.map { $0.reduce(0) { $0 + $1.examples.count } } == 5 * 18)
  }

  @Test("A finalist asked on all rows at once has the score that the session gave it")
  func sessionScore() async throws {
    // A stage in the middle has other answers than its program, which the score is made of.
    let session = Reversing(try session())
    let result = try await search(Finalists(count: 3)).optimize(in: session)
    #expect(result.best.instruction == "Feeling 5:")
  }
}

/// A session that scores training rows the other way round than their results say.
private struct Reversing: OptimizationSession {
  let base: RowSession

  init(_ base: RowSession) { self.base = base }

  var task: PromptTask { base.task }
  var train: [Example] { base.train }
  var dev: [Example] { base.dev }

  func random(_ stream: String) -> SeededGenerator { base.random(stream) }
  func remaining() async -> Budget { await base.remaining() }
  func record(_ event: RunEvent) async throws { try await base.record(event) }

  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    let found = try await base.evaluate(requests)
    guard requests.allSatisfy({ $0.examples == train }) else { return found }
    return found.map { evaluation in
      var evaluation = evaluation
      evaluation.score = evaluation.score.map { 1 - $0 }
      return evaluation
    }
  }

  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] {
    try await base.generate(requests, as: role)
  }

  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] {
    try await base.likelihoods(requests, as: role)
  }

  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] {
    try await base.embed(texts)
  }
}
