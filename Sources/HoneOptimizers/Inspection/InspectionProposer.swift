// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Looks closely at a few failing rows, then rewrites the prompt: PE2's two turns.
///
/// The current prompt answers training rows until enough of them are wrong. Each proposal draws a few
/// of these; in the first turn a model is shown all that the task model read and is asked the same
/// questions about every row; in the second it writes the new prompt, with the step size, the longest
/// length and the earlier prompts in view. Without a failing row there is no proposal. Ye and others,
/// "Prompt Engineering a Prompt Engineer", arXiv:2311.05661.
///
/// Cost in calls: at most `rows` × calls an example, and 2 a proposal in two batches.
public struct InspectionProposer: Proposer {
  /// The failing rows looked at for one proposal.
  public var errors: Int
  /// The most training rows tried in search of failing ones.
  public var rows: Int
  /// How the model is asked to look at the rows.
  public var analyst: Writer
  /// How the model is asked for the new prompt.
  public var writer: Writer

  /// Creates a proposer with the published code's sizes.
  public init(
    errors: Int = 2, rows: Int = 64,
    analyst: Writer = Writer(temperature: 0.5, maxTokens: 1500),
    writer: Writer = Writer(temperature: 0.7, maxTokens: 512)
  ) {
    self.errors = errors
    self.rows = rows
    self.analyst = analyst
    self.writer = writer
  }

  /// The name.
  public var name: String { "inspection" }
  /// The second turn shows the trajectory.
  public var readsTrajectory: Bool { true }
  /// The two turns.
  public var callsPerProposal: Int { 2 }

  /// The training rows and both turns of each proposal.
  public func mostCalls(proposing count: Int, facts: TaskFacts) -> Int {
    guard count > 0 else { return 0 }
    return min(rows, facts.train) * facts.callsPerExample + 2 * count
  }

  /// Inspects and rewrites, once a proposal.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    let candidate = request.current.candidate
    let wanted = (errors * max(count, 2) + 1) / 2
    let failing = try await failing(candidate, wanted: wanted, step: request.step, in: session)
    guard count > 0, !failing.isEmpty else { return [] }
    var chance = session.random(request.stream(name))
    let seed = chance.next()
    let asks = InspectionAsks(request: request, task: session.task, form: writer.form)
    let first = (0..<count).map { _ in
      asks.inspection(of: Array(failing.shuffled(by: &chance).prefix(errors)))
    }
    let answers = try await session.generate(
      first.enumerated().map {
        analyst.textRequest($0.element, seed: seed, sample: $0.offset)
      }, as: .optimizer)
    var proposals: [Proposal] = []
    var requests: [GenerationRequest] = []
    for (ask, answer) in zip(first, answers) {
      switch answer {
      case .failure(let error): proposals.append(.failed(error, source: name))
      case .success(let generation):
        requests.append(
          writer.promptRequest(
            asks.rewrite, after: (ask, generation.text.trimmed), seed: seed,
            sample: requests.count))
      }
    }
    guard !requests.isEmpty else { return proposals }
    return try await session.generate(requests, as: .optimizer).map {
      writer.proposal(from: $0, source: name, move: name)
    } + proposals
  }

  /// Tries training rows, batch after batch, until enough of them are wrong.
  private func failing(
    _ candidate: Candidate, wanted: Int, step: Int, in session: any OptimizationSession
  ) async throws -> [WrongRow] {
    guard let prompt = candidate.prompt else { return [] }
    var chance = session.random("\(name) rows:\(step)")
    let order = Array(session.train.shuffled(by: &chance).prefix(rows))
    var found: [WrongRow] = []
    let size = max(1, 2 * wanted)
    for start in stride(from: 0, to: order.count, by: size) where found.count < wanted {
      let batch = Array(order[start..<min(start + size, order.count)])
      let evaluations = try await session.evaluate([EvaluationRequest(candidate, on: batch)])
      found += evaluations.flatMap { WrongRow.rows(of: $0, in: batch, under: prompt) }
    }
    return found
  }
}
