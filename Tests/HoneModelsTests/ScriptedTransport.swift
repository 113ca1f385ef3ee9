// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

@testable import HoneModels

/// A transport whose responses are a closure, which keeps what it was sent.
final class ScriptedTransport: Transport {
  private struct Log {
    var calls: [HTTPCall] = []
    var inFlight = 0
    var most = 0
  }

  private let log = Mutex(Log())
  private let reply: @Sendable (HTTPCall, Int) throws -> HTTPReply

  /// Creates a transport; the closure is told the number of each call, from 1.
  init(_ reply: @escaping @Sendable (HTTPCall, Int) throws -> HTTPReply) {
    self.reply = reply
  }

  var calls: [HTTPCall] { log.withLock { $0.calls } }
  /// The most calls that were in flight together.
  var mostAtOnce: Int { log.withLock { $0.most } }

  func send(_ call: HTTPCall) async throws -> HTTPReply {
    let number = log.withLock { log in
      log.calls.append(call)
      log.inFlight += 1
      log.most = max(log.most, log.inFlight)
      return log.calls.count
    }
    defer { log.withLock { $0.inFlight -= 1 } }
    // Whoever reads the answers gets a turn between them.
    for _ in 0..<3 { await Task.yield() }
    if call.isSlow { try await Task.sleep(for: .milliseconds(2)) }
    try Task.checkCancellation()
    return try reply(call, number)
  }
}

extension HTTPCall {
  /// The body as JSON.
  var json: JSONValue {
    (try? JSONDecoder().decode(JSONValue.self, from: body ?? Data())) ?? .null
  }

  /// Whether it is of the batch that the contract's checks cancel, which must not be done before.
  var isSlow: Bool {
    body?.range(of: Data("Write about the number".utf8)) != nil
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}

extension HTTPReply {
  /// A right answer of chat completions.
  static func chat(_ text: String, tokens: (Int, Int) = (7, 2)) -> HTTPReply {
    let json = JSONValue.object([
      "choices": .array([
        .object([
          "message": .object(["role": .string("assistant"), "content": .string(text)]),
          "text": .string(text), "finish_reason": .string("stop"),
        ])
      ]),
      "usage": .object([
        "prompt_tokens": .number(Double(tokens.0)), "completion_tokens": .number(Double(tokens.1)),
      ]),
    ])
    return HTTPReply(status: 200, body: (try? CanonicalJSON.encode(json)) ?? Data())
  }

  /// An error in the shape of OpenAI's.
  static func error(
    _ status: Int, _ message: String = "", code: String = "", headers: [String: String] = [:]
  ) -> HTTPReply {
    let json = JSONValue.object([
      "error": .object(["message": .string(message), "code": .string(code)])
    ])
    return HTTPReply(
      status: status, headers: headers, body: (try? CanonicalJSON.encode(json)) ?? Data())
  }
}

/// A clock whose waits take no time and are kept.
final class TestClock: Sendable {
  private let state = Mutex<(now: Double, waits: [Double])>((0, []))

  var waits: [Double] { state.withLock { $0.waits } }
  var now: Double { state.withLock { $0.now } }

  var clock: RequestClock {
    RequestClock(
      now: { self.now },
      sleep: { seconds in
        await Task.yield()
        try Task.checkCancellation()
        self.state.withLock {
          $0.now += seconds
          $0.waits.append(seconds)
        }
      })
  }

  func advance(_ seconds: Double) {
    state.withLock { $0.now += seconds }
  }
}

/// Opens models over a scripted transport.
struct Bench {
  let transport: ScriptedTransport
  let clock = TestClock()
  let opener: RemoteModelOpener

  init(
    environment: [String: String] = ["OPENAI_API_KEY": "sk-secret-1"],
    limits: ServiceLimits = ServiceLimits(), retries: RetryPolicy = RetryPolicy(),
    _ reply: @escaping @Sendable (HTTPCall, Int) throws -> HTTPReply
  ) {
    let transport = ScriptedTransport(reply)
    self.transport = transport
    opener = RemoteModelOpener(
      environment: environment,
      options: RemoteOptions(limits: limits, retries: retries, clock: clock.clock)
    ) { _ in transport }
  }

  /// The result of one request.
  func answer(
    _ request: GenerationRequest, from name: String = "openai:gpt-4o-mini"
  ) async throws -> Result<Generation, ModelError> {
    let model = try await opener.open(name)
    for try await element in model.generate([request]) { return element.result }
    throw ModelError(.engine, "no answer")
  }
}

extension GenerationRequest {
  /// A short chat.
  static func chat(
    _ text: String = "Say hello.", system: String? = nil, maxTokens: Int = 20,
    temperature: Double = 0, stop: [String] = [], sample: Int = 0
  ) -> GenerationRequest {
    let messages = (system.map { [Message(.system, $0)] } ?? []) + [Message(.user, text)]
    return GenerationRequest(
      input: .chat(messages), maxTokens: maxTokens, temperature: temperature, stop: stop, seed: 5,
      sampleIndex: sample)
  }
}
