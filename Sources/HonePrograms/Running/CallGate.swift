// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization

/// Where examples that run side by side meet: their calls wait here until all of them wait.
///
/// A round is then the calls of all examples in the order of the examples, so that a batch is the same
/// in every run whatever the scheduler does.
final class CallGate: Sendable {
  /// The results of a call's requests and texts, in order.
  struct Results: Sendable {
    var generations: [Result<Generation, ModelError>] = []
    var vectors: [Result<Embedding, ModelError>] = []
  }

  /// The calls of one example that wait.
  struct Waiting: Sendable {
    var example: Int
    var order: Int
    var requests: [GenerationRequest]
    /// Texts whose vectors are wanted.
    var texts: [String]
    var continuation: CheckedContinuation<Results, any Error>
  }

  private struct State {
    var live: Int
    var waiting: [Waiting] = []
    var waitingExamples: Set<Int> = []
    var calls = 0
    var driver: CheckedContinuation<[Waiting], Never>?
    var failure: (any Error)?

    /// The next round, when nobody is still on the way.
    mutating func takeRound() -> (CheckedContinuation<[Waiting], Never>, [Waiting])? {
      guard waitingExamples.count == live, let driver else { return nil }
      let round = waiting.sorted { ($0.example, $0.order) < ($1.example, $1.order) }
      waiting = []
      waitingExamples = []
      self.driver = nil
      return (driver, round)
    }
  }

  private let state: Mutex<State>

  /// Creates a gate for a number of examples.
  init(examples: Int) {
    state = Mutex(State(live: examples))
  }

  /// Waits for the results of an example's requests.
  /// - Throws: what ended the batch.
  func answers(
    _ requests: [GenerationRequest], example: Int
  ) async throws -> [Result<Generation, ModelError>] {
    try await wait(Call(requests: requests), example: example).generations
  }

  /// Waits for the vectors of an example's texts.
  /// - Throws: what ended the batch.
  func vectors(
    of texts: [String], example: Int
  ) async throws -> [Result<Embedding, ModelError>] {
    try await wait(Call(texts: texts), example: example).vectors
  }

  private struct Call {
    var requests: [GenerationRequest] = []
    var texts: [String] = []
  }

  private func wait(_ call: Call, example: Int) async throws -> Results {
    try await withCheckedThrowingContinuation { continuation in
      let (failure, ready) = state.withLock { state in
        if let failure = state.failure { return (failure as (any Error)?, nil as Ready?) }
        state.calls += 1
        state.waiting.append(
          Waiting(
            example: example, order: state.calls, requests: call.requests, texts: call.texts,
            continuation: continuation))
        state.waitingExamples.insert(example)
        return (nil, state.takeRound())
      }
      if let failure { continuation.resume(throwing: failure) }
      if let ready { ready.0.resume(returning: ready.1) }
    }
  }

  /// An example is done.
  func leave() {
    let ready = state.withLock { state in
      state.live -= 1
      return state.takeRound()
    }
    if let ready { ready.0.resume(returning: ready.1) }
  }

  /// The next round; empty when all examples are done.
  func nextRound() async -> [Waiting] {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state in
        state.driver = continuation
        return state.takeRound()
      }
      if let ready { ready.0.resume(returning: ready.1) }
    }
  }

  /// Ends all calls that wait and all later ones with an error.
  func fail(_ error: any Error, round: [Waiting]) {
    state.withLock { $0.failure = $0.failure ?? error }
    for call in round { call.continuation.resume(throwing: error) }
  }

  private typealias Ready = (CheckedContinuation<[Waiting], Never>, [Waiting])
}
