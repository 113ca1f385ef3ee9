// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

@Suite struct RetryTests {
  @Test(
    "Faults that pass are tried again with the same bytes",
    arguments: [408, 409, 425, 429, 500, 502, 503, 504, 529])
  func passing(status: Int) async throws {
    let bench = Bench { _, number in number < 3 ? .error(status) : .chat("yes") }
    #expect(try await bench.answer(.chat()).get().text == "yes")
    #expect(bench.transport.calls.count == 3)
    #expect(Set(bench.transport.calls.map(\.body)).count == 1)
  }

  @Test(
    "Faults that stay are not tried again",
    arguments: [
      (400, ModelError.Kind.engine), (401, .unusableModel), (403, .unusableModel),
      (404, .unusableModel), (402, .unusableModel), (302, .unusableModel), (413, .tooLong),
      (418, .engine), (501, .engine),
    ])
  func staying(status: Int, kind: ModelError.Kind) async throws {
    let bench = Bench { _, _ in .error(status, "so it is") }
    guard case .failure(let error) = try await bench.answer(.chat()) else {
      Issue.record("status \(status) is an answer")
      return
    }
    #expect(error.kind == kind)
    #expect(error.message.contains("openai"))
    #expect(bench.transport.calls.count == 1)
  }

  @Test(
    "Broken connections, time-outs and unreadable bodies are tried again",
    arguments: [
      TransportFailure.connection("reset"), TransportFailure.timeout, nil,
    ])
  func broken(failure: TransportFailure?) async throws {
    let bench = Bench { _, number in
      guard number < 4 else { return .chat("yes") }
      if let failure { throw failure }
      return HTTPReply(status: 200, body: Data(#"{"choices":[{"mess"#.utf8))
    }
    #expect(try await bench.answer(.chat()).get().text == "yes")
    #expect(bench.transport.calls.count == 4)
  }

  @Test func `A quota that is used up ends at once, though its status is 429`() async throws {
    let bench = Bench { _, _ in
      .error(429, "You exceeded your current quota", code: "insufficient_quota")
    }
    guard case .failure(let error) = try await bench.answer(.chat()) else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unusableModel)
    #expect(error.message.contains("quota"))
    #expect(bench.transport.calls.count == 1)
  }

  @Test func `A request that fails each time is given up with the last cause`() async throws {
    let bench = Bench(retries: RetryPolicy(attempts: 4)) { _, _ in .error(500, "on fire") }
    guard case .failure(let error) = try await bench.answer(.chat()) else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unavailable)
    #expect(error.message.contains("4 tries"))
    #expect(error.message.contains("on fire"))
    #expect(bench.transport.calls.count == 4)
  }

  @Test func `The service's own wait is kept to, however it is written`() async throws {
    for headers in [["retry-after": "7"], ["retry-after-ms": "7000"], ["retry-after": "7s"]] {
      let bench = Bench { _, number in
        number == 1 ? .error(429, headers: headers) : .chat("yes")
      }
      _ = try await bench.answer(.chat()).get()
      #expect(bench.clock.now >= 7)
      #expect(bench.clock.now < 8)
    }
    let now = Date(timeIntervalSince1970: 1_700_000_000)
    let date = ["retry-after": "Tue, 14 Nov 2023 22:13:30 GMT"]
    #expect(RetryAfter.seconds(date, now: now) == 10)
    #expect(RetryAfter.seconds(["retry-after": "soon"]) == nil)
  }

  @Test func `A wait that is too long fails at once and says how long it is`() async throws {
    let bench = Bench { _, _ in .error(429, headers: ["retry-after": "9000"]) }
    guard case .failure(let error) = try await bench.answer(.chat()) else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unavailable)
    #expect(error.message.contains("9000"))
    #expect(bench.transport.calls.count == 1)
  }

  @Test func `Waits double up to their limit, and are drawn from the upper half`() {
    let policy = RetryPolicy(attempts: 12, firstDelay: 1, longestDelay: 16)
    var draw = SeededGenerator(seed: 3)
    for (failures, longest) in [(1, 1.0), (2, 2), (3, 4), (4, 8), (5, 16), (9, 16)] {
      let waits = (0..<50).compactMap { _ in
        policy.delay(afterFailures: failures, asked: nil, using: &draw)
      }
      #expect(waits.count == 50)
      #expect(waits.allSatisfy { $0 >= longest / 2 && $0 <= longest })
      #expect(Set(waits).count > 40)
    }
    #expect(policy.delay(afterFailures: 12, asked: nil, using: &draw) == nil)
  }

  @Test func `A content filter's refusal is no failure`() async throws {
    let answer = try await Bench { _, _ in .error(400, "blocked", code: "content_filter") }
      .answer(.chat()).get()
    #expect(answer.finish == .filtered)
  }

  @Test(
    "A request longer than the context is told by code or by words",
    arguments: [
      ("", "context_length_exceeded"), ("prompt is too long: 9 tokens > 8 maximum", ""),
      ("the request exceeds the available context size", "exceed_context_size_error"),
    ])
  func tooLong(message: String, code: String) {
    let problem = ServiceProblem(message: message, codes: [code])
    guard case .fail(let error) = Verdict.of(status: 400, problem: problem, service: "s") else {
      Issue.record("not a failure")
      return
    }
    #expect(error.kind == .tooLong)
  }
}
