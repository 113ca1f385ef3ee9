// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// One example on its way through a program: calls its stages and keeps the trace.
public final class ProgramRun: Sendable {
  /// The stages.
  public var program: Program { batch.program }
  /// What each stage did so far.
  public var trace: [StageTrace] { traces.withLock { $0 } }

  let batch: ProgramBatch
  private let prompts: [String: Prompt]
  let example: Int
  let gate: CallGate
  private let traces = Mutex([StageTrace]())

  init(batch: ProgramBatch, prompts: [String: Prompt], example: Int, gate: CallGate) {
    self.batch = batch
    self.prompts = prompts
    self.example = example
    self.gate = gate
  }

  /// Calls a stage with the values of its inputs; others are passed over.
  ///
  /// Costs a call of the task model for each vote, and one for each reply that must be asked for again.
  /// - Parameters:
  ///   - name: The stage.
  ///   - values: The values so far.
  ///   - checks: What the outputs must be like beyond the stage's own checks.
  /// - Returns: The stage's outputs in normal form, the reasoning of a chain of thought among them.
  /// - Throws: ``StageFailure`` when there is no answer, ``ProgramMistake`` for a stage or input that
  ///   is not there.
  public func call(
    _ name: String, _ values: [String: String], checks: [StageCheck] = []
  ) async throws -> [String: String] {
    if let stage = program[name], let retrieval = stage.retrieval {
      return try await found(by: stage, retrieval, values)
    }
    let (stage, inputs, input) = try prepared(name, values)
    var election = Election(stage: stage, input: input, batch: batch, checks: checks)
    try await hold(&election)
    let result = election.result
    keep(stage, inputs, (try? result.get()) ?? [:], election.problems)
    return try result.get()
  }

  /// The outputs of several samples of a stage, in the order they were drawn; those that could not be
  /// read are left out.
  ///
  /// Costs a call a sample, and one for each reply that must be asked for again. Give the stage a
  /// temperature above 0, or 0.7 is taken.
  /// - Throws: ``StageFailure`` when no sample could be read, ``ProgramMistake``.
  public func samples(
    _ count: Int, of name: String, _ values: [String: String], checks: [StageCheck] = []
  ) async throws -> [[String: String]] {
    let (stage, inputs, input) = try prepared(name, values)
    var election = Election(
      stage: stage, input: input, batch: batch, checks: checks, samples: count)
    try await hold(&election)
    keep(stage, inputs, (try? election.result.get()) ?? [:], election.problems)
    _ = try election.result.get()
    return election.all
  }

  /// The best of several samples by a score, of equals the first; as ``samples(_:of:_:checks:)``.
  public func best(
    of count: Int, _ name: String, _ values: [String: String],
    by score: ([String: String]) -> Double
  ) async throws -> [String: String] {
    var best: (values: [String: String], score: Double)?
    for sample in try await samples(count, of: name, values) {
      let value = score(sample)
      if value > best?.score ?? -.infinity { best = (sample, value) }
    }
    return best?.values ?? [:]
  }

  /// The stage, the values it reads, and what the model is given.
  private func prepared(
    _ name: String, _ values: [String: String]
  ) throws(ProgramMistake) -> (Stage, [String: String], ModelInput) {
    guard let declared = program[name] else {
      throw .noStage(name, known: program.stages.map(\.name))
    }
    guard let prompt = prompts[name] else { throw .noPrompt(stage: name) }
    let stage = declared.under(prompt)
    let inputs = values.filter { stage.inputs.contains($0.key) }
    do {
      return (stage, inputs, try stage.input(prompt, stage.call == nil ? values : inputs))
    } catch {
      throw .noValue(stage: name, error)
    }
  }

  private func hold(_ election: inout Election) async throws {
    while let requests = election.nextRequests() {
      election.take(try await gate.answers(requests, example: example))
    }
  }

  func keep(
    _ stage: Stage, _ inputs: [String: String], _ outputs: [String: String],
    _ problems: [ReplyProblem] = []
  ) {
    traces.withLock {
      $0.append(
        StageTrace(stage: stage.name, inputs: inputs, outputs: outputs, problems: problems))
    }
  }
}
