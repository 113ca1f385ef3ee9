// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The replies of a stage for one example: asked for, read, asked for again, and voted on.
///
/// A value without the world: it gives requests and takes results. The most frequent answer wins, of
/// equals the one drawn first. Wang et al., "Self-Consistency Improves Chain of Thought Reasoning in
/// Language Models", arXiv:2203.11171.
struct Election {
  private enum Vote {
    case open(request: GenerationRequest)
    case values([String: String])
    case lost(StageFailure)
  }

  private let stage: Stage
  private let checks: [StageCheck]
  private let retries: Int
  private var votes: [Vote] = []
  private var attempt = 0
  /// Replies that could not be read.
  private(set) var problems: [ReplyProblem] = []

  /// Starts with a request a vote; `samples` takes the place of the stage's own number of votes.
  init(
    stage: Stage, input: ModelInput, batch: ProgramBatch, checks: [StageCheck] = [],
    samples: Int? = nil
  ) {
    self.stage = stage
    self.checks = (stage.call?.checks ?? []).map(StageCheck.init) + checks
    let settings = batch.generation
    let count = max(1, samples ?? stage.call?.votes ?? 1)
    retries = max(0, stage.call?.retries ?? 0)
    let usual = settings.temperature > 0 ? settings.temperature : (count > 1 ? 0.7 : 0)
    let temperature = stage.call?.temperature ?? usual
    votes = (0..<count).map { index in
      .open(
        request: GenerationRequest(
          input: input, maxTokens: stage.call?.maxTokens ?? settings.maxTokens,
          temperature: temperature, stop: settings.stop + stage.stops,
          // Greedy answers do not depend on the seed, so runs of all seeds share them.
          seed: temperature > 0 ? batch.seed : 0, sampleIndex: index,
          schema: stage.call?.replySchema))
    }
  }

  /// The requests of the votes still open, or nil when there are none.
  func nextRequests() -> [GenerationRequest]? {
    let open = votes.compactMap { vote in
      if case .open(let request) = vote { request } else { nil }
    }
    return open.isEmpty ? nil : open
  }

  /// Takes the results of ``nextRequests()``, in order.
  mutating func take(_ results: [Result<Generation, ModelError>]) {
    var rest = results[...]
    for index in votes.indices {
      guard case .open(let request) = votes[index] else { continue }
      let result =
        rest.popFirst() ?? .failure(ModelError(.engine, "the request was not answered"))
      votes[index] = counted(result, of: request)
    }
    attempt += 1
  }

  private mutating func counted(
    _ result: Result<Generation, ModelError>, of request: GenerationRequest
  ) -> Vote {
    switch result {
    case .failure(let error): return .lost(.failed(stage: stage.name, error))
    case .success(let reply) where reply.finish == .refused:
      return .lost(.refused(stage: stage.name))
    case .success(let reply) where reply.finish == .filtered:
      return .lost(.filtered(stage: stage.name))
    case .success(let reply):
      return read(reply.text, of: request)
    }
  }

  private mutating func read(_ text: String, of request: GenerationRequest) -> Vote {
    do throws(ReplyProblem) {
      let values = try stage.read(text)
      let unmet = checks.filter { !$0.isMet(values) }
      guard let first = unmet.first(where: \.isRequired) ?? unmet.first else {
        return .values(values)
      }
      let problem = ReplyProblem.unmet(first.requirement)
      guard first.isRequired || attempt < retries else {
        problems.append(problem)
        return .values(values)
      }
      throw problem
    } catch {
      problems.append(error)
      guard attempt < retries else { return .lost(.unreadable(stage: stage.name, error)) }
      return .open(request: request.again(after: text, error, votes: votes.count))
    }
  }

  /// The outputs of all votes that were read, in the order they were drawn.
  var all: [[String: String]] {
    votes.compactMap { vote in
      if case .values(let values) = vote { values } else { nil }
    }
  }

  /// The winner's outputs, or why there is none.
  var result: Result<[String: String], StageFailure> {
    var counts: [String: Int] = [:]
    var best: (values: [String: String], count: Int)?
    let read = all
    for values in read { counts[values[stage.output] ?? "", default: 0] += 1 }
    for values in read {
      let count = counts[values[stage.output] ?? ""] ?? 0
      if count > best?.count ?? 0 { best = (values, count) }
    }
    if let best { return .success(best.values) }
    let losses = votes.compactMap { vote in
      if case .lost(let failure) = vote { failure } else { nil }
    }
    return .failure(
      losses.first ?? .failed(stage: stage.name, ModelError(.engine, "the stage was not asked")))
  }
}

extension GenerationRequest {
  /// The request once more: a chat goes on with what was wrong; a text is sampled anew.
  fileprivate func again(after reply: String, _ problem: ReplyProblem, votes: Int) -> Self {
    var next = self
    switch input {
    case .chat(let messages):
      next.input = .chat(
        messages + [Message(.assistant, reply), Message(.user, problem.request)])
    case .text:
      next.temperature = max(0.7, temperature)
      next.sampleIndex += votes
    }
    return next
  }
}
