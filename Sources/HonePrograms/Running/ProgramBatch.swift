// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// One example under one candidate, to be run.
public struct ProgramCase: Sendable {
  /// The prompts of the stages.
  public var prompts: [String: Prompt]
  /// The example's fields.
  public var inputs: [String: String]

  /// Creates a case.
  public init(prompts: [String: Prompt], inputs: [String: String]) {
    self.prompts = prompts
    self.inputs = inputs
  }
}

/// What a program gave for an example.
public struct ProgramResult: Sendable {
  /// The last values, or why there are none.
  public var values: Result<[String: String], StageFailure>
  /// What each stage did.
  public var trace: [StageTrace]
}

/// Runs a program for many examples at once.
///
/// All calls that can be made at a time go out as one batch. Cost in model calls: what the body makes,
/// at most `Program.callsPerExample` an example.
public struct ProgramBatch: Sendable {
  /// The stages.
  public var program: Program
  /// The control flow.
  public var body: any ProgramBody
  /// Sampling, where a stage has none of its own.
  public var generation: GenerationSettings
  /// The seed of samples.
  public var seed: UInt64
  /// The passages that each stage which retrieves searches, by its name.
  public var indexes: [String: any PassageSearch]

  /// Makes vectors of texts; one result a text, in order.
  public typealias Embed = ([String]) async throws -> [Result<Embedding, ModelError>]

  /// Where no embedder is at hand: every text fails.
  public static func withoutEmbedder(
    _ texts: [String]
  ) async throws -> [Result<Embedding, ModelError>] {
    texts.map { _ in
      .failure(ModelError(.unusableModel, "the program searches by meaning and has no embedder"))
    }
  }

  /// Creates a batch runner.
  public init(
    program: Program, body: any ProgramBody = StageSequence(),
    generation: GenerationSettings = GenerationSettings(), seed: UInt64 = 0,
    indexes: [String: any PassageSearch] = [:]
  ) {
    self.program = program
    self.body = body
    self.generation = generation
    self.seed = seed
    self.indexes = indexes
  }

  /// Runs all cases; one result a case, in order.
  ///
  /// - Parameters:
  ///   - cases: The examples with their prompts.
  ///   - embed: Makes vectors of a batch of texts, for stages and bodies that search by meaning.
  ///   - send: Answers a batch of requests; one result a request, in order.
  /// - Returns: What the program gave for each case, in order.
  /// - Throws: ``ProgramMistake``, and what `send` throws.
  public func run(
    _ cases: [ProgramCase],
    embed: Embed = ProgramBatch.withoutEmbedder,
    send: ([GenerationRequest]) async throws -> [Result<Generation, ModelError>]
  ) async throws -> [ProgramResult] {
    guard !cases.isEmpty else { return [] }
    let gate = CallGate(examples: cases.count)
    let results = ProgramResults(count: cases.count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, item) in cases.enumerated() {
        group.addTask {
          defer { gate.leave() }
          do {
            results.set(try await result(of: item, example: index, at: gate), at: index)
          } catch {
            results.fail(error, at: index)
          }
        }
      }
      try await drive(gate, embed, send)
      try await group.waitForAll()
    }
    return try results.all()
  }

  /// Sends round after round until all examples are done.
  private func drive(
    _ gate: CallGate, _ embed: Embed,
    _ send: ([GenerationRequest]) async throws -> [Result<Generation, ModelError>]
  ) async throws {
    var failure: (any Error)?
    while true {
      let round = await gate.nextRound()
      guard !round.isEmpty else { break }
      do {
        let requests = round.flatMap(\.requests)
        let texts = round.flatMap(\.texts)
        var answers = (requests.isEmpty ? [] : try await send(requests))[...]
        var vectors = (texts.isEmpty ? [] : try await embed(texts))[...]
        for call in round {
          let own = CallGate.Results(
            generations: Array(answers.prefix(call.requests.count)),
            vectors: Array(vectors.prefix(call.texts.count)))
          answers = answers.dropFirst(own.generations.count)
          vectors = vectors.dropFirst(own.vectors.count)
          call.continuation.resume(returning: own)
        }
      } catch {
        failure = failure ?? error
        gate.fail(error, round: round)
      }
    }
    if let failure { throw failure }
  }

  private func result(
    of item: ProgramCase, example: Int, at gate: CallGate
  ) async throws -> ProgramResult {
    let run = ProgramRun(batch: self, prompts: item.prompts, example: example, gate: gate)
    do {
      let values = try await body.run(item.inputs, in: run)
      return ProgramResult(values: .success(values), trace: run.trace)
    } catch let failure as StageFailure {
      return ProgramResult(values: .failure(failure), trace: run.trace)
    } catch let mistake as ProgramMistake {
      throw mistake
    } catch {
      // The body's own error, such as a tool's. What ended the batch is thrown by the driver.
      let failure = StageFailure.failed(
        stage: run.trace.last?.stage ?? "first", ModelError(.engine, "\(error)"))
      return ProgramResult(values: .failure(failure), trace: run.trace)
    }
  }
}
