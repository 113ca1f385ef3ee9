// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneFaultServer
import HoneTesting
import Testing

@testable import HoneModels

@Suite struct EmbeddingTests {
  private static let server = "http://127.0.0.1:8000/v1#e"

  private static func reply(_ items: [JSONValue], tokens: Int = 0) -> HTTPReply {
    let json = JSONValue.object([
      "data": .array(items), "usage": .object(["prompt_tokens": .number(Double(tokens))]),
    ])
    return HTTPReply(status: 200, body: (try? CanonicalJSON.encode(json)) ?? Data())
  }

  private static func item(_ index: Int?, _ values: [Double]) -> JSONValue {
    var members: [String: JSONValue] = ["embedding": .array(values.map { .number($0) })]
    members["index"] = index.map { .number(Double($0)) }
    return .object(members)
  }

  /// Answers each text with a vector that says how many bytes it has.
  private static func bySize(_ call: HTTPCall) -> HTTPReply {
    guard case .array(let texts)? = call.json["input"] else { return .error(400) }
    return reply(
      texts.enumerated().map { item($0, [3, Double($1.stringValue?.utf8.count ?? 0)]) },
      tokens: 10)
  }

  private static func results(
    _ texts: [String], _ bench: Bench, from name: String = server
  ) async throws -> [Result<Embedding, ModelError>] {
    var results: [Int: Result<Embedding, ModelError>] = [:]
    for try await element in try await bench.opener.openEmbedder(name).embed(texts) {
      #expect(results.updateValue(element.result, forKey: element.index) == nil)
    }
    #expect(results.count == texts.count)
    return texts.indices.compactMap { results[$0] }
  }

  @Test(
    "Each provider is asked for vectors at its address in its own shape",
    arguments: [
      ("openai:text-embedding-3-small", "https://api.openai.com/v1/embeddings", "openai"),
      ("mistral:mistral-embed", "https://api.mistral.ai/v1/embeddings", "mistral"),
      (
        "google:gemini-embedding-001",
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001"
          + ":batchEmbedContents", "google"
      ),
      ("azure:my-embedder", "https://me.example.org/openai/v1/embeddings", "azure"),
      ("openrouter:openai/e", "https://openrouter.ai/api/v1/embeddings", "openrouter"),
      ("ollama:nomic-embed-text", "http://127.0.0.1:11434/v1/embeddings", "ollama"),
      (Self.server, "http://127.0.0.1:8000/v1/embeddings", "server"),
    ])
  func shape(name: String, url: String, fixture: String) async throws {
    let bench = Bench(environment: ProviderTests.keys) { _, _ in .error(400) }
    _ = try await Self.results(["a red apple"], bench, from: name)
    let call = try #require(bench.transport.calls.first)
    #expect(call.url == url)
    #expect(call.json == (try Fixture.json("\(fixture)-embeddings.json")))
    let secrets = ProviderTests.keys.values.filter { $0.hasPrefix("k") }
    let held = call.headers.filter { header in secrets.contains { header.value.contains($0) } }
    #expect(held.count == (["ollama", "server"].contains(fixture) ? 0 : 1))
  }

  @Test func `Vectors go to their texts by index and are brought to length 1`() async throws {
    let bench = Bench { _, _ in
      Self.reply([Self.item(1, [0, 5]), Self.item(0, [3, 4])], tokens: 9)
    }
    let results = try await Self.results(["first", "last"], bench, from: Self.server)
    #expect(try results[0].get().values == [0.6, 0.8])
    #expect(try results[1].get().values == [0, 1])
    #expect(try results.reduce(0) { $0 + (try $1.get().usage.promptTokens) } == 9)
  }

  @Test func `Google's vectors come in the order of the texts`() async throws {
    let body = Data(#"{"embeddings": [{"values": [3, 4]}, {"values": [0, 2]}]}"#.utf8)
    let bench = Bench(environment: ProviderTests.keys) { _, _ in
      HTTPReply(status: 200, body: body)
    }
    let results = try await Self.results(["12345678", "b"], bench, from: "google:e")
    #expect(try results.map { try $0.get().values } == [[0.6, 0.8], [0, 1]])
    // Google counts no tokens: they are reckoned from the text.
    #expect(try results[0].get().usage == Usage(promptTokens: 3))
  }

  @Test(
    "Vectors that are not those of the texts are asked for again",
    arguments: [
      [Self.item(0, [1, 0])], [Self.item(0, [1, 0]), Self.item(0, [0, 1])],
      [Self.item(0, [1, 0]), Self.item(2, [0, 1])], [.object(["index": .number(0)]), .null],
    ])
  func unreadable(items: [JSONValue]) async throws {
    let bench = Bench { call, number in number < 3 ? Self.reply(items) : Self.bySize(call) }
    let results = try await Self.results(["a", "bbbb"], bench, from: Self.server)
    #expect(try results[1].get().values == [0.6, 0.8])
    #expect(Set(bench.transport.calls.map(\.body)).count == 1)
    #expect(bench.transport.calls.count == 3)
  }

  @Test func `Many texts go in few requests, each of a bounded size`() async throws {
    let bench = Bench { call, _ in Self.bySize(call) }
    let texts = (0..<150).map { "text \($0)" } + ["", String(repeating: "x", count: 40_000), "y"]
    let results = try await Self.results(texts, bench, from: Self.server)
    #expect(try results[149].get().usage.promptTokens >= 0)
    #expect(bench.transport.calls.count == 5)
    guard case .failure(let error) = results[150] else {
      Issue.record("an empty text has a vector")
      return
    }
    #expect(error.kind == .unsupported)
    for (text, result) in zip(texts, results) where !text.isEmpty {
      let vector = try result.get().values
      #expect(abs(Double(vector[1] / vector[0]) * 3 - Double(text.utf8.count)) < 0.5)
    }
  }

  @Test func `A text that is too long fails alone`() async throws {
    let bench = Bench { call, _ in
      guard case .array(let texts)? = call.json["input"] else { return .error(400) }
      return texts.contains { ($0.stringValue?.utf8.count ?? 0) > 20 }
        ? .error(400, "This model's maximum context length is 8 tokens") : Self.bySize(call)
    }
    let texts = ["a", "b", String(repeating: "long ", count: 9), "d", "e"]
    let results = try await Self.results(texts, bench, from: Self.server)
    for (index, result) in results.enumerated() {
      switch result {
      case .success: #expect(index != 2)
      case .failure(let error):
        #expect(index == 2)
        #expect(error.kind == .tooLong)
      }
    }
  }

  @Test(
    "A vector that shows nothing or has other dimensions is refused with the reason",
    arguments: [([0.0, 0], "length 0"), ([1, 2, 3], "3 components where its first had 2")])
  func badVectors(values: [Double], words: String) async throws {
    let bench = Bench { call, number in
      number == 1 ? Self.bySize(call) : Self.reply([Self.item(0, values)])
    }
    let model = try await bench.opener.openEmbedder(Self.server)
    for try await element in model.embed(["a"]) { _ = try element.result.get() }
    for try await element in model.embed(["b"]) {
      guard case .failure(let error) = element.result else {
        Issue.record("it was taken")
        return
      }
      #expect(error.kind == .engine)
      #expect(error.message.contains(words), "\(error.message)")
    }
  }

  @Test func `A provider without vectors says who has them`() async throws {
    let bench = Bench(environment: ProviderTests.keys) { _, _ in .error(400) }
    let error = await #expect(throws: ModelError.self) {
      try await bench.opener.openEmbedder("anthropic:claude-x")
    }
    #expect(error?.kind == .unusableModel)
    #expect(error?.message.contains("openai, google, mistral") == true)
  }

  @Test func `Vectors come through faults of every quick kind, and obey the contract`() async throws
  {
    let server = try await FaultServer(FaultScript(share: 0.4, seed: 3, slowShare: 0)) { _ in "yes"
    }
    let options = RemoteOptions(retries: RetryPolicy(attempts: 20), clock: TestClock().clock)
    let opener = RemoteModelOpener(environment: [:], options: options)
    let model = try await opener.openEmbedder(server.address + "#any")
    let checks = LanguageModelConformance(model: try await opener.open(server.address + "#any"))
    try await checks.checkEmbeddings(model)
    var vectors: [Int: Embedding] = [:]
    for try await element in model.embed((0..<2000).map { "text \($0 % 700)" }) {
      vectors[element.index] = try element.result.get()
    }
    #expect(vectors.count == 2000)
    #expect(vectors[3]?.values == vectors[703]?.values)
    #expect(server.requests.contains { $0.fault != nil })
    await server.stop()
  }
}
