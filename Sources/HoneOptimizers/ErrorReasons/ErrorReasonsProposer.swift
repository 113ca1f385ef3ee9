// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Finds reasons for a prompt's mistakes and rewrites it by each: APO's expansion.
///
/// The current prompt answers a batch of training rows, the same for all prompts of a step. Its
/// mistakes are drawn into groups; for each group a model is asked for a reason, for each reason for a
/// new prompt, and then for the new prompts and the current one in other words. Of all these, without
/// repeats, as many as wanted are drawn. Without a mistake the current prompt is only paraphrased.
/// Pryzant and others, "Automatic Prompt Optimization with Gradient Descent and Beam Search",
/// arXiv:2305.03495.
///
/// Cost in calls: `minibatch` rows × calls an example, and 2 × `groups` + `paraphrases` × (`groups` +
/// 1) of the optimizer model, in three batches. Fewer groups than `count` are never asked about.
public struct ErrorReasonsProposer: Proposer {
  /// The training rows tried.
  public var minibatch: Int
  /// The groups of mistakes, each with one reason and one new prompt.
  public var groups: Int
  /// The mistakes of a group.
  public var errors: Int
  /// The paraphrases of each new prompt and of the current one.
  public var paraphrases: Int
  /// How the model is asked.
  public var writer: Writer

  /// Creates a proposer with the published code's sizes.
  public init(
    minibatch: Int = 64, groups: Int = 4, errors: Int = 4, paraphrases: Int = 2,
    writer: Writer = Writer(temperature: 0.7, maxTokens: 512)
  ) {
    self.minibatch = minibatch
    self.groups = groups
    self.errors = errors
    self.paraphrases = paraphrases
    self.writer = writer
  }

  /// The name.
  public var name: String { "error-reasons" }
  /// It reads the current prompt alone.
  public var readsTrajectory: Bool { false }
  /// The calls of the optimizer model for one proposal alone.
  public var callsPerProposal: Int { writerCalls(count: 1) }

  /// The training rows and the calls of the optimizer model.
  public func mostCalls(proposing count: Int, facts: TaskFacts) -> Int {
    guard count > 0 else { return 0 }
    return min(minibatch, facts.train) * facts.callsPerExample + writerCalls(count: count)
  }

  private func writerCalls(count: Int) -> Int {
    let groups = min(groups, count)
    return 2 * groups + paraphrases * (groups + 1)
  }

  /// Expands the current prompt.
  public func propose(
    _ count: Int, for request: ProposalRequest, in session: any OptimizationSession
  ) async throws -> [Proposal] {
    guard count > 0 else { return [] }
    let current = request.current
    var chance = session.random(request.stream(name))
    let mistakes = try await mistakes(of: current.candidate, step: request.step, in: session)
    let groups = (0..<(mistakes.isEmpty ? 0 : min(groups, count))).map { _ in
      Array(mistakes.shuffled(by: &chance).prefix(errors))
    }
    let asks = ErrorReasonAsks(request: request, task: session.task, form: writer.form)
    var made = try await rewrites(of: groups, asks, &chance, in: session)
    let texts = made.filter { $0.failure == nil && !$0.text.isEmpty }.map(\.text)
    made += try await paraphrased(texts + [current.instruction], request, &chance, in: session)
    return drawn(count, of: made, seen: request.seen, &chance)
  }

  /// The mistakes on the step's rows.
  private func mistakes(
    of candidate: Candidate, step: Int, in session: any OptimizationSession
  ) async throws -> [WrongRow] {
    var chance = session.random("\(name) rows:\(step)")
    let rows = Array(session.train.shuffled(by: &chance).prefix(minibatch))
    guard !rows.isEmpty, let prompt = candidate.prompt else { return [] }
    let evaluations = try await session.evaluate([EvaluationRequest(candidate, on: rows)])
    return evaluations.flatMap { WrongRow.rows(of: $0, in: rows, under: prompt) }
  }

  /// A reason for each group, then a new prompt for each reason.
  private func rewrites(
    of groups: [[WrongRow]], _ asks: ErrorReasonAsks, _ chance: inout SeededGenerator,
    in session: any OptimizationSession
  ) async throws -> [Proposal] {
    guard !groups.isEmpty else { return [] }
    let seed = chance.next()
    let answers = try await session.generate(
      groups.enumerated().map {
        writer.textRequest(asks.reason(for: $0.element), seed: seed, sample: $0.offset)
      }, as: .optimizer)
    var failed: [Proposal] = []
    var requests: [GenerationRequest] = []
    for (group, answer) in zip(groups, answers) {
      switch answer {
      case .failure(let error): failed.append(.failed(error, source: name))
      case .success(let generation):
        requests.append(
          writer.promptRequest(
            asks.rewrite(group, reason: generation.text.trimmed), seed: seed,
            sample: requests.count))
      }
    }
    guard !requests.isEmpty else { return failed }
    return try await session.generate(requests, as: .optimizer).map {
      writer.proposal(from: $0, source: name, move: "\(name): rewrite")
    } + failed
  }

  /// Each text in other words.
  private func paraphrased(
    _ texts: [String], _ request: ProposalRequest, _ chance: inout SeededGenerator,
    in session: any OptimizationSession
  ) async throws -> [Proposal] {
    guard paraphrases > 0 else { return [] }
    let seed = chance.next()
    let requests = texts.flatMap { text in
      let ask = ParaphraseProposer.ask(text, maxWords: request.maxWords, form: writer.form)
      return (0..<paraphrases).map { writer.promptRequest(ask, seed: seed, sample: $0) }
    }
    return try await session.generate(requests, as: .optimizer).map {
      writer.proposal(from: $0, source: name, move: "\(name): paraphrase")
    }
  }

  /// At most `count` of the new texts, each once, in the order made; failures fill what is left.
  private func drawn(
    _ count: Int, of made: [Proposal], seen: Set<String>, _ chance: inout SeededGenerator
  ) -> [Proposal] {
    var known = seen
    let fresh = made.filter { $0.failure == nil && known.insert($0.text).inserted }
    let places = Array(fresh.indices).shuffled(by: &chance).prefix(count).sorted()
    let failed = made.filter { $0.failure != nil }
    return places.map { fresh[$0] } + failed.prefix(count - places.count)
  }
}
