// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneStore
import Synchronization

/// The one door: every call of a run passes here.
extension RunSession {
  /// The most requests sent to a model at once, so that memory stays bounded.
  private static var batchLimit: Int { 4096 }

  /// Answers requests from the journal, the cache or the model; one result a request, in order.
  func answer<Call: RecordedCall>(
    _ calls: [Call], as role: ModelRole, model: ModelIdentity,
    send: ([Call]) -> BatchStream<Call.Response>
  ) async throws -> [Result<Call.Response, ModelError>] {
    var results: [Result<Call.Response, ModelError>] = []
    results.reserveCapacity(calls.count)
    for start in stride(from: 0, to: calls.count, by: Self.batchLimit) {
      let part = Array(calls[start..<min(start + Self.batchLimit, calls.count)])
      results += try await answerBatch(part, as: role, model: model, send: send)
    }
    return results
  }

  private func answerBatch<Call: RecordedCall>(
    _ calls: [Call], as role: ModelRole, model: ModelIdentity,
    send: ([Call]) -> BatchStream<Call.Response>
  ) async throws -> [Result<Call.Response, ModelError>] {
    try Task.checkCancellation()
    if let failure = state.withLock({ $0.failure }) { throw failure }
    let keys = try await RequestKeys.make(of: calls, model: model)
    let price = options.prices[role]
    let admission = state.withLock { Admission(calls, keys: keys, price: price, in: &$0) }
    defer { state.withLock { $0.ledger.release() } }

    let recorded = try recordedTimeUp(batch: admission.batch)
    var answers = try recordedAnswers(
      Call.self, keys: admission.first.map { keys[$0] }, role: role, until: recorded?.after)
    var timeUp = recorded?.error
    if recorded == nil {
      let missing = admission.first.filter { answers[keys[$0]] == nil }
      timeUp = try await ask(
        missing.map { calls[$0] }, keys: missing.map { keys[$0] }, role: role, send: send,
        into: &answers)
      if let timeUp { try recordTimeUp(timeUp, batch: admission.batch) }
    }
    if Call.isModelCall {
      try settle(Call.self, admission.first.map { keys[$0] }, answers, as: role)
    }
    if let end = timeUp ?? admission.exhausted { throw end }
    return keys.map { key in
      answers[key]?.result ?? .failure(ModelError(.engine, "the request was not answered"))
    }
  }

  /// What the journal and the cache know; cached answers enter the journal.
  private func recordedAnswers<Call: RecordedCall>(
    _ kind: Call.Type, keys: [RequestKey], role: ModelRole, until end: Int64?
  ) throws -> [RequestKey: Answered<Call.Response>] {
    let file = store.folder.database
    var answers = try store.calls(keys, retriedUpTo: retriedUpTo, until: end ?? .max)
      .mapValues { try Answered<Call.Response>($0, file: file) }
    guard Call.isModelCall, end == nil, let cache else { return answers }
    let missing = keys.filter { answers[$0] == nil }
    guard !missing.isEmpty else { return answers }
    let cached = try cache.answers(missing, role: role)
    // In the order of requests, so that the journal's order does not depend on a hash table's.
    for key in missing {
      guard let entry = cached[key] else { continue }
      answers[key] = try Answered(entry, file: file)
      try store.record(entry)
    }
    return answers
  }

  /// Sends requests and records each answer as it comes; returns the end of time if it was met.
  private func ask<Call: RecordedCall>(
    _ calls: [Call], keys: [RequestKey], role: ModelRole,
    send: ([Call]) -> BatchStream<Call.Response>,
    into answers: inout [RequestKey: Answered<Call.Response>]
  ) async throws -> BudgetExhausted? {
    guard !calls.isEmpty else { return nil }
    if Call.isModelCall, let end = timeUpNow() { return end }
    let start = options.clock.seconds()
    var left = Set(calls.indices)
    var timeUp: BudgetExhausted?
    // Looked at as answers come, so that an outage does not have to fail the whole batch.
    var window = state.withLock { $0.window }
    func keep(_ result: Result<Call.Response, ModelError>, at index: Int) throws {
      guard left.remove(index) != nil else { return }
      let (answered, entry) = try Answered.recorded(
        result, of: Call.self, key: keys[index], role: role, price: options.prices[role],
        duration: options.clock.seconds() - start)
      try store.record(entry)
      if Call.isModelCall { try cache?.keep(entry) }
      answers[keys[index]] = answered
    }
    do {
      for try await element in send(calls) {
        if case .failure(let error) = element.result, error.kind == .unusableModel { throw error }
        try keep(element.result, at: element.index)
        try window.add(element.error)
        state.withLock { $0.answeredInBatch += 1 }
        timeUp = Call.isModelCall && !left.isEmpty ? timeUpNow() : nil
        if timeUp != nil { break }
      }
      try Task.checkCancellation()
      if timeUp == nil {
        for index in left.sorted() {
          try keep(
            .failure(ModelError(.engine, "the model left the request without answer")), at: index)
        }
      }
    } catch {
      try store.flush()
      throw error
    }
    try store.flush()
    try cache?.flush()
    return timeUp
  }

  /// Charges each answered call once, in the order of requests, and looks for an outage.
  private func settle<Call: RecordedCall>(
    _ kind: Call.Type, _ keys: [RequestKey], _ answers: [RequestKey: Answered<Call.Response>],
    as role: ModelRole
  ) throws {
    let (failure, spend, cachedCalls) = state.withLock { state -> (RunError?, Spend, Int) in
      state.ledger.release()
      var failure: RunError?
      for key in keys {
        guard let answered = answers[key], state.charged.insert(key).inserted else { continue }
        state.ledger.charge(answered.usage, ending: answered.ending(of: kind), as: role)
        if answered.cached { state.cachedCalls += 1 }
        do throws(RunError) { try state.window.add(answered.error) } catch { failure = error }
      }
      return (failure, state.ledger.spend, state.cachedCalls)
    }
    try store.record(seconds: seconds, spend: spend, cachedCalls: cachedCalls)
    if let failure { throw failure }
  }
}
