// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// A session that remembers which candidates were scored on all of dev, and sets some calls aside.
///
/// The search inside is told of fewer calls. One that takes a batch without asking what is left can
/// still use some of those set aside.
final class WatchedSession: OptimizationSession {
  private let outer: any OptimizationSession
  private let reserve: Int
  private let scored = Mutex<[ScoredCandidate]>([])

  init(_ outer: any OptimizationSession, reserve: Int) {
    self.outer = outer
    self.reserve = reserve
  }

  /// The best by dev, the best first, the older of equals first.
  func best(_ count: Int) -> [ScoredCandidate] {
    let ranked = scored.withLock { $0 }.enumerated().sorted {
      ($0.element.score, $1.offset) > ($1.element.score, $0.offset)
    }
    return ranked.prefix(count).map(\.element)
  }

  var task: PromptTask { outer.task }
  var train: [Example] { outer.train }
  var dev: [Example] { outer.dev }

  func random(_ stream: String) -> SeededGenerator { outer.random(stream) }

  func remaining() async -> Budget {
    var left = await outer.remaining()
    left.calls = left.calls.map { max(0, $0 - reserve) }
    return left
  }

  func evaluate(_ requests: [EvaluationRequest]) async throws -> [Evaluation] {
    let found = try await outer.evaluate(requests)
    for (request, evaluation) in zip(requests, found) where isOnAllOfDev(request) {
      let selected = SelectedCandidate(request.candidate, evaluation, dev: dev.count)
      guard let score = selected.score else { continue }
      scored.withLock { scored in
        guard !scored.contains(where: { $0.candidate.id == request.candidate.id }) else { return }
        scored.append(ScoredCandidate(request.candidate, score: score))
      }
    }
    return found
  }

  private func isOnAllOfDev(_ request: EvaluationRequest) -> Bool {
    request.examples.count == dev.count
      && zip(request.examples, dev).allSatisfy { $0.id == $1.id }
  }

  func generate(
    _ requests: [GenerationRequest], as role: ModelRole
  ) async throws -> [Result<Generation, ModelError>] {
    try await outer.generate(requests, as: role)
  }

  func likelihoods(
    _ requests: [LikelihoodRequest], as role: ModelRole
  ) async throws -> [Result<Likelihoods, ModelError>] {
    try await outer.likelihoods(requests, as: role)
  }

  func embed(_ texts: [String]) async throws -> [Result<Embedding, ModelError>] {
    try await outer.embed(texts)
  }

  func record(_ event: RunEvent) async throws { try await outer.record(event) }
}
