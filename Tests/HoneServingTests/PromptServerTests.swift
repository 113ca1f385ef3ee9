// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import HoneCore
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import HoneServing

/// Puts “better” before prompts, and notes how many requests it has at a time.
private final class Rewriter: PromptService {
  private struct Counts {
    var now = 0
    var most = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let counts = Mutex(Counts())
  /// How many requests come together before any is answered.
  private let together: Int

  init(together: Int = 1) {
    self.together = together
  }

  var mostAtOnce: Int { counts.withLock { $0.most } }

  func models() async throws -> [ServedModel] {
    [ServedModel(name: "prompter:mine", created: 7)]
  }

  func rewrites(of request: ServedPrompt) async throws -> [Generation] {
    guard request.model == "prompter:mine" else {
      throw ServedError.unknownModel(request.model, known: ["prompter:mine"])
    }
    await withCheckedContinuation { continuation in
      let ready = counts.withLock { counts in
        counts.now += 1
        counts.most = max(counts.most, counts.now)
        counts.waiting.append(continuation)
        guard counts.now >= together else { return [CheckedContinuation<Void, Never>]() }
        defer { counts.waiting = [] }
        return counts.waiting
      }
      ready.forEach { $0.resume() }
    }
    counts.withLock { $0.now -= 1 }
    return (0..<request.count).map {
      Generation(
        text: "better \(request.prompt) \($0)", finish: .endOfTurn,
        usage: Usage(promptTokens: 5, completionTokens: 3))
    }
  }
}

@Suite("Serving prompters over loopback")
struct PromptServerTests {
  private struct Answer {
    var status: Int
    var body: JSONValue?
    var headers: [String: String]
  }

  private func serving<Result: Sendable>(
    _ service: any PromptService = Rewriter(),
    _ body: @Sendable (String) async throws -> Result
  ) async throws -> Result {
    let server = try await PromptServer(service, mostBytes: 4096)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      let result = try await body("http://127.0.0.1:\(server.port)")
      server.stop()
      try await group.waitForAll()
      return result
    }
  }

  private func ask(
    _ address: String, method: String = "POST", _ body: String? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: address)
    request.method = .RAW(value: method)
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    // Beside all other tests a server may have to wait long for its turn.
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(300))
    let bytes = try await response.body.collect(upTo: 1 << 20)
    return Answer(
      status: Int(response.status.code),
      body: try? JSONDecoder().decode(JSONValue.self, from: Data(bytes.readableBytesView)),
      headers: Dictionary(response.headers.map { ($0.name, $0.value) }) { first, _ in first })
  }

  private func member(_ value: JSONValue?, _ path: String...) -> JSONValue? {
    path.reduce(value) { value, key in
      switch value {
      case .object(let members): members[key]
      case .array(let items): Int(key).flatMap { items.indices.contains($0) ? items[$0] : nil }
      default: nil
      }
    }
  }

  private let chat = """
    {"model": "prompter:mine", "n": 2, "messages": [{"role": "system", "content": "s"},
     {"role": "user", "content": "first"}, {"role": "assistant", "content": "a"},
     {"role": "user", "content": [{"type": "text", "text": "rain"}]}]}
    """

  @Test("The user's last message comes back rewritten, in the form of a chat completion")
  func completes() async throws {
    let answer = try await serving { try await ask($0 + "/v1/chat/completions", chat) }
    #expect(answer.status == 200)
    #expect(member(answer.body, "object") == .string("chat.completion"))
    #expect(member(answer.body, "model") == .string("prompter:mine"))
    for choice in 0..<2 {
      #expect(
        member(answer.body, "choices", "\(choice)", "message", "content")
          == .string("better rain \(choice)"))
    }
    #expect(member(answer.body, "choices", "1", "finish_reason") == .string("stop"))
    #expect(member(answer.body, "usage", "total_tokens") == .number(11))
  }

  @Test("Models are listed, and health is told")
  func lists() async throws {
    let (models, health) = try await serving { address in
      (
        try await ask(address + "/v1/models", method: "GET"),
        try await ask(address + "/health?now", method: "GET")
      )
    }
    #expect(member(models.body, "data", "0", "id") == .string("prompter:mine"))
    #expect(health.status == 200)
    #expect(health.body == .object(["status": .string("ok")]))
  }

  @Test(
    "Bad requests get errors in OpenAI's form that name the field",
    arguments: [
      ("no json", 400, JSONValue.null), ("[1]", 400, .null),
      (#"{"messages": []}"#, 400, .string("model")),
      (#"{"model": "prompter:mine"}"#, 400, .string("messages")),
      (#"{"model": "prompter:mine", "messages": []}"#, 400, .string("messages")),
      (#"{"model": "prompter:mine", "messages": [3]}"#, 400, .string("messages[0]")),
      (
        #"{"model": "prompter:mine", "messages": [{"role": "system", "content": "x"}]}"#, 400,
        .string("messages")
      ),
      (
        #"{"model": "prompter:mine", "messages": [{"role": "user", "content": "  "}]}"#, 400,
        .string("messages[0].content")
      ),
      (
        #"{"model": "prompter:mine", "n": 0, "messages": [{"role": "user", "content": "x"}]}"#, 400,
        .string("n")
      ),
      (
        #"{"model": "prompter:mine", "n": 1.5, "messages": [{"role": "user", "content": "x"}]}"#,
        400, .string("n")
      ),
      (
        #"{"model": "prompter:mine", "temperature": 9, "messages": [{"role": "user", "content": "x"}]}"#,
        400, .string("temperature")
      ),
      (
        #"{"model": "prompter:mine", "stream": true, "messages": [{"role": "user", "content": "x"}]}"#,
        400, .string("stream")
      ),
      (
        #"{"model": "prompter:none", "messages": [{"role": "user", "content": "x"}]}"#, 404,
        .string("model")
      ),
    ])
  func mistakes(body: String, status: Int, field: JSONValue) async throws {
    let answer = try await serving { try await ask($0 + "/v1/chat/completions", body) }
    #expect(answer.status == status)
    #expect(member(answer.body, "error", "param") == field)
    #expect(member(answer.body, "error", "type") == .string("invalid_request_error"))
    #expect(member(answer.body, "error", "message")?.stringValue?.isEmpty == false)
  }

  @Test("Other paths, other methods and bodies that are too large are refused")
  func refuses() async throws {
    try await serving { address in
      #expect(try await ask(address + "/v2", method: "GET").status == 404)
      let wrong = try await ask(address + "/v1/chat/completions", method: "GET")
      #expect(wrong.status == 405 && wrong.headers["allow"] == "POST")
      let large = String(repeating: "x", count: 5000)
      #expect(try await ask(address + "/v1/chat/completions", large).status == 413)
      // The server goes on after that.
      #expect(try await ask(address + "/health", method: "GET").status == 200)
    }
  }

  @Test("Requests that come at the same time are worked on at the same time")
  func concurrent() async throws {
    let service = Rewriter(together: 8)
    let statuses = try await serving(service) { address in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 {
          group.addTask { try await ask(address + "/v1/chat/completions", chat).status }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(statuses == Array(repeating: 200, count: 8))
    #expect(service.mostAtOnce == 8)
  }

  @Test("A cancelled server ends, and its port is free again")
  func stops() async throws {
    let server = try await PromptServer(Rewriter())
    let port = server.port
    let work = Task { try await server.run() }
    #expect(try await ask("http://127.0.0.1:\(port)/health", method: "GET").status == 200)
    work.cancel()
    _ = await work.result
    let again = try await PromptServer(Rewriter(), port: port)
    #expect(again.port == port)
    again.stop()
    try await again.run()
  }

  @Test("A port that is taken is told")
  func taken() async throws {
    let server = try await PromptServer(Rewriter())
    let error = await #expect(throws: ServedError.self) {
      try await PromptServer(Rewriter(), port: server.port)
    }
    #expect(error?.description.contains("--port") == true)
    server.stop()
    try await server.run()
  }
}
