// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Synchronization
import Testing

@testable import HoneModels

@Suite struct LimiterTests {
  @Test func `No more are in flight than allowed, and all come through`() async throws {
    let crowd = Crowd()
    let limiter = Limiter(
      ServiceLimits(startInFlight: 3, mostInFlight: 3), clock: TestClock().clock)
    try await withThrowingDiscardingTaskGroup { group in
      for _ in 0..<200 {
        group.addTask {
          let permit = try await limiter.permit(tokens: 1)
          crowd.enter()
          await Task.yield()
          crowd.leave()
          limiter.done(permit, RequestEnd(isAnswer: true))
        }
      }
    }
    #expect(crowd.most == 3)
    #expect(limiter.inFlight == 0)
  }

  @Test func `One that is cancelled while it waits leaves the line to the others`() async throws {
    let limiter = Limiter(
      ServiceLimits(startInFlight: 1, mostInFlight: 1), clock: TestClock().clock)
    let first = try await limiter.permit(tokens: 1)
    let cancelled = Task { try await limiter.permit(tokens: 1) }
    let other = Task { try await limiter.permit(tokens: 1) }
    cancelled.cancel()
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    limiter.done(first, RequestEnd())
    limiter.done(try await other.value, RequestEnd())
    #expect(limiter.inFlight == 0)
  }

  @Test func `Concurrency grows with answers and shrinks once for an overload`() {
    var value = AdaptiveConcurrency(start: 4, maximum: 20)
    for _ in 0..<30 { value.succeeded() }
    #expect(value.limit == 20)
    let epoch = value.epoch
    for _ in 0..<5 { value.overloaded(sentIn: epoch) }
    #expect(value.limit == 14)
    for _ in 0..<14 { value.succeeded() }
    #expect(value.limit == 14 || value.limit == 15)
    for _ in 0..<100 { value.overloaded(sentIn: value.epoch) }
    #expect(value.limit == 1)
  }

  @Test func `Requests a minute are kept to`() {
    var state = LimiterState(
      ServiceLimits(startInFlight: 1000, mostInFlight: 1000, requestsPerMinute: 60), now: 0)
    var sent: [Double] = []
    var now = 0.0
    while now < 120 {
      switch state.admit(tokens: 1, now: now) {
      case .go:
        sent.append(now)
        state.done(RequestEnd(isAnswer: true), reserved: 1, sentIn: 0, now: now)
      case .after(let wait):
        #expect(wait > 0)
        now += wait
      case .whenOneIsDone:
        Issue.record("none is in flight")
        return
      }
    }
    let busiest = (0..<61).map { start in
      sent.count { $0 >= Double(start) && $0 < Double(start) + 60 }
    }.max()
    #expect(busiest.map { $0 <= 71 } == true)
    #expect(sent.count >= 119)
  }

  @Test func `Tokens are reserved before and settled after`() {
    var state = LimiterState(
      ServiceLimits(startInFlight: 9, mostInFlight: 9, tokensPerMinute: 600), now: 0)
    #expect(state.admit(tokens: 100, now: 0) == .go)
    #expect(state.admit(tokens: 50, now: 0) == .after(5))
    state.done(
      RequestEnd(isAnswer: true, usedTokens: 10), reserved: 100, sentIn: 0, now: 0)
    #expect(state.admit(tokens: 50, now: 0) == .go)
  }

  @Test func `A pause that the service asks for holds for all`() {
    var state = LimiterState(ServiceLimits(), now: 0)
    #expect(state.admit(tokens: 1, now: 0) == .go)
    state.done(RequestEnd(isOverload: true, pause: 4), reserved: 1, sentIn: 0, now: 1)
    #expect(state.admit(tokens: 1, now: 2) == .after(3))
    #expect(state.admit(tokens: 1, now: 5) == .go)
  }

  @Test func `Limits are learnt from headers`() {
    let rates = RateHeaders([
      "x-ratelimit-limit-requests": "600", "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "100ms",
    ])
    var state = LimiterState(ServiceLimits(), now: 0)
    #expect(state.admit(tokens: 1, now: 0) == .go)
    state.done(RequestEnd(isAnswer: true, rates: rates), reserved: 1, sentIn: 0, now: 0)
    guard case .after(let wait) = state.admit(tokens: 1, now: 0) else {
      Issue.record("it may go at once")
      return
    }
    #expect(abs(wait - 0.1) < 1e-9)
    let daily = RateHeaders([
      "x-ratelimit-limit-requests": "200", "x-ratelimit-reset-requests": "7m12s",
    ])
    #expect(daily == RateHeaders())
  }

  @Test(
    "Lengths of time are read",
    arguments: [
      ("1s", 1.0), ("6m0s", 360), ("1h2m3.5s", 3723.5), ("250ms", 0.25), ("12", 12), ("x", nil),
      ("5 s", nil), ("", nil), ("-3", nil), ("m", nil),
    ])
  func length(text: String, seconds: Double?) {
    #expect(RateHeaders.seconds(text) == seconds)
  }
}

/// Counts how many are there at once.
private final class Crowd: Sendable {
  private let state = Mutex<(now: Int, most: Int)>((0, 0))

  var most: Int { state.withLock { $0.most } }

  func enter() {
    state.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
  }

  func leave() {
    state.withLock { $0.now -= 1 }
  }
}
