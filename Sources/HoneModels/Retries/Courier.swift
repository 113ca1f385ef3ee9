// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Brings a request to a service and its answer back, through faults.
///
/// The body's bytes are the same each time; only answers that were read whole and understood count.
struct Courier: Sendable {
  let service: Service
  let dialect: any Dialect

  /// Sends a request until it is answered or given up; the reader makes an answer of its body.
  /// - Throws: `CancellationError`.
  func bring<Answer: ServiceAnswer>(
    _ call: WireCall, tokens: Int, as read: (Data) throws(UnreadableReply) -> Answer
  ) async throws -> Result<Answer, ModelError> {
    var draw = SeededGenerator(seed: StableHash.of(call.body))
    var failures = 0
    while true {
      try Task.checkCancellation()
      let (result, asked) = try await attempt(call, tokens: tokens, as: read)
      switch result {
      case .success(let answer): return .success(answer)
      case .failure(.filtered): return Answer.filtered(by: service.name)
      case .failure(.fail(let error)): return .failure(error)
      case .failure(.again(let cause, _)):
        failures += 1
        let delay = service.retries.delay(afterFailures: failures, asked: asked, using: &draw)
        guard let delay else {
          return .failure(gaveUp(after: failures, cause: cause, asked: asked))
        }
        try await service.clock.sleep(delay)
      }
    }
  }

  private func attempt<Answer: ServiceAnswer>(
    _ call: WireCall, tokens: Int, as read: (Data) throws(UnreadableReply) -> Answer
  ) async throws -> (Result<Answer, Verdict>, asked: Double?) {
    let permit = try await service.limiter.permit(tokens: tokens)
    let endpoint = service.endpoints[permit.place.endpoint]
    var end = RequestEnd()
    defer {
      if let change = service.limiter.done(permit, end) { service.tell(change, of: endpoint) }
    }
    let reply: HTTPReply
    do {
      reply = try await endpoint.send(call, dialect: dialect)
    } catch let failure as TransportFailure {
      let verdict = self.verdict(on: failure, of: endpoint)
      end.sign = .faulty
      if case .again(_, let isOverload) = verdict { end.isOverload = isOverload }
      return (.failure(verdict), nil)
    }
    end.rates = RateHeaders(reply.headers)
    end.sign = .answered
    var asked: Double?
    let result = self.result(of: reply, from: endpoint, as: read)
    switch result {
    case .success(let answer):
      end.isAnswer = true
      end.usedTokens = answer.usage.tokens
    case .failure(.again(_, let isOverload)):
      end.isOverload = isOverload
      // One that asks for patience is there.
      if reply.status != 429 { end.sign = .faulty }
      asked = RetryAfter.seconds(reply.headers)
      end.pause = asked.map { min($0, service.retries.longestAskedDelay) }
    case .failure(.filtered): end.isAnswer = true
    case .failure(.fail): break
    }
    return (result, asked)
  }

  private func result<Answer: ServiceAnswer>(
    of reply: HTTPReply, from endpoint: Endpoint, as read: (Data) throws(UnreadableReply) -> Answer
  ) -> Result<Answer, Verdict> {
    guard reply.status == 200 else {
      var problem = ServiceProblem(reply.body)
      problem.message = endpoint.place.key?.hidden(in: problem.message) ?? problem.message
      return .failure(.of(status: reply.status, problem: problem, service: endpoint.name))
    }
    do throws(UnreadableReply) {
      return .success(try read(reply.body))
    } catch {
      let cause = "an answer that cannot be read (\(error.words))"
      return .failure(.again(cause: cause, isOverload: false))
    }
  }

  private func verdict(on failure: TransportFailure, of endpoint: Endpoint) -> Verdict {
    switch failure {
    case .connection(let words): .again(cause: "no whole answer (\(words))", isOverload: false)
    case .timeout: .again(cause: "no answer in time", isOverload: true)
    case .tooLarge(let limit):
      .fail(
        ModelError(
          .engine,
          "\(endpoint.name) answered with more than \(limit >> 20) MB, which is not read"))
    case .badAddress(let words):
      .fail(
        ModelError(.unusableModel, "\(endpoint.name) has an address that cannot be used (\(words))")
      )
    }
  }

  private func gaveUp(after failures: Int, cause: String, asked: Double?) -> ModelError {
    if let asked, asked > service.retries.longestAskedDelay {
      return ModelError(
        .unavailable,
        "\(service.name) asks to wait \(Int(asked)) seconds, more than the "
          + "\(Int(service.retries.longestAskedDelay)) that are waited; resume later")
    }
    return ModelError(
      .unavailable,
      "\(service.name) did not answer in \(failures) tries, the last one ended with \(cause)")
  }
}
