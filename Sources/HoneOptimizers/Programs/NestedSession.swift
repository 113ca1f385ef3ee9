// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// A part of a search as a session of its own: another task, a share of what may be used, and steps
/// that go on counting.
///
/// An optimizer inside it knows nothing of the whole. Its candidates are turned into candidates of the
/// whole before they are evaluated or recorded.
final class NestedSession: OptimizationSession {
  let task: PromptTask
  let train: [Example]
  let dev: [Example]
  private let outer: any OptimizationSession
  private let stream: String
  /// What must be left when the part ends.
  private let floor: Budget
  private let whole: @Sendable (Candidate) -> Candidate
  private let state: Mutex<State>

  private struct State {
    /// The whole candidates by the id of the part's.
    var known: [String: Candidate] = [:]
    /// Steps of earlier parts.
    let offset: Int
    var lastStep = 0
    /// Whether the start was told of.
    var isStarted: Bool
  }

  /// Creates a part.
  ///
  /// - Parameters:
  ///   - outer: The session of the whole.
  ///   - task: The part's task.
  ///   - stream: What the part's chance is named by.
  ///   - share: The part of what is left that may be used, in 0…1.
  ///   - offset: The steps of earlier parts; above 0 the start is not told of again.
  ///   - whole: Turns a candidate of the part into one of the whole, lineage aside.
  init(
    _ outer: any OptimizationSession, task: PromptTask, stream: String, share: Double, offset: Int,
    whole: @escaping @Sendable (Candidate) -> Candidate
  ) async {
    self.outer = outer
    self.task = task
    self.stream = stream
    self.whole = whole
    train = outer.train
    dev = outer.dev
    floor = await outer.remaining().scaled(by: 1 - share)
    state = Mutex(State(offset: offset, isStarted: offset > 0))
  }

  /// The steps of this and earlier parts.
  var steps: Int { state.withLock { $0.offset + $0.lastStep } }

  /// The candidate of the whole, with parents of the whole.
  func whole(of candidate: Candidate) -> Candidate {
    state.withLock { state in
      let found = state.known[candidate.id]
      // Equal prompts may come by several ways, such as a teacher's and a set's; each keeps its own.
      if let found, found.lineage.move == candidate.lineage.move { return found }
      let parents = candidate.lineage.parents.map { state.known[$0]?.id ?? $0 }
      let prompts = found?.prompts ?? whole(candidate).prompts
      let made = Candidate(
        prompts: prompts,
        lineage: Lineage(
          parents: parents, move: candidate.lineage.move,
          step: candidate.lineage.step + state.offset))
      state.known[candidate.id] = made
      return made
    }
  }

  func random(_ stream: String) -> SeededGenerator {
    outer.random("\(self.stream): \(stream)")
  }

  func remaining() async -> Budget {
    await outer.remaining().minus(floor)
  }

  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    try await checkShare()
    let found = try await outer.evaluate(
      requests.map { EvaluationRequest(whole(of: $0.candidate), on: $0.examples) })
    return zip(requests, found).map { request, evaluation in
      var evaluation = evaluation
      evaluation.candidate = request.candidate.id
      return evaluation
    }
  }

  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] {
    try await checkShare()
    return try await outer.generate(requests, as: role)
  }

  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] {
    try await checkShare()
    return try await outer.likelihoods(requests, as: role)
  }

  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] {
    try await checkShare()
    return try await outer.embed(texts)
  }

  /// Records what happened in the words of the whole.
  func record(_ event: RunEvent) async throws {
    let offset = state.withLock { $0.offset }
    func id(_ part: String) -> String { state.withLock { $0.known[part]?.id ?? part } }
    switch event {
    case .started:
      let isFirst = state.withLock { state in
        defer { state.isStarted = true }
        return !state.isStarted
      }
      // The parts' steps together are not known ahead.
      if isFirst { try await outer.record(.started(steps: nil)) }
    case .stepStarted(let step, _, let size):
      state.withLock { $0.lastStep = max($0.lastStep, step) }
      try await outer.record(.stepStarted(step: step + offset, of: nil, stepSize: size))
    case .proposed(let candidate, let step):
      try await outer.record(.proposed(whole(of: candidate), step: step + offset))
    case .rejected(let text, let reason, let move, let step):
      try await outer.record(
        .rejected(text: text, reason: reason, move: move, step: step + offset))
    case .evaluated(let candidate, let split, let score, let examples, let step):
      try await outer.record(
        .evaluated(
          candidate: id(candidate), split: split, score: score, examples: examples,
          step: step + offset))
    case .stepFinished(let step, _, let current, let best, let score):
      try await outer.record(
        .stepFinished(
          step: step + offset, of: nil, current: id(current), best: id(best), bestScore: score))
    case .note: try await outer.record(event)
    }
  }

  /// Ends the part when its share of the calls is used up.
  private func checkShare() async throws {
    guard let left = await remaining().calls, left <= 0 else { return }
    let allowed = Double(task.budget.calls ?? 0)
    throw BudgetExhausted(limit: .calls, allowed: allowed, needed: allowed + 1)
  }
}

extension Budget {
  /// A part of each limit.
  fileprivate func scaled(by share: Double) -> Budget {
    Budget(
      calls: calls.map { Int(Double($0) * share) }, tokens: tokens.map { Int(Double($0) * share) },
      seconds: seconds.map { $0 * share }, dollars: dollars.map { $0 * share })
  }

  /// What is left of each limit above a floor.
  fileprivate func minus(_ floor: Budget) -> Budget {
    Budget(
      calls: calls.map { max(0, $0 - (floor.calls ?? 0)) },
      tokens: tokens.map { max(0, $0 - (floor.tokens ?? 0)) },
      seconds: seconds.map { max(0, $0 - (floor.seconds ?? 0)) },
      dollars: dollars.map { max(0, $0 - (floor.dollars ?? 0)) })
  }
}
