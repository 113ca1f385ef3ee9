// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTesting
import Testing

@testable import HoneModels

@Suite struct LikelihoodTests {
  private static let name = "http://127.0.0.1:8000/v1#m"

  private static func bench(_ server: WordServer) -> Bench {
    Bench(environment: [:]) { call, _ in server.reply(call) }
  }

  private static func answers(
    _ requests: [LikelihoodRequest], _ bench: Bench
  ) async throws -> [Result<Likelihoods, ModelError>] {
    let model = try #require(try await bench.opener.open(name).withLikelihoods)
    var results: [Int: Result<Likelihoods, ModelError>] = [:]
    for try await element in model.likelihoods(requests) {
      #expect(results.updateValue(element.result, forKey: element.index) == nil)
    }
    return requests.indices.compactMap { results[$0] }
  }

  @Test(
    "A continuation's likelihood is the sum over its own tokens, whichever server tells it",
    arguments: [WordServer.Kind.vllm, .sglang, .llama],
    [
      ("The sky is", [" yes", " no", " blue and a little yellow"]),
      // The input's last token grows by the continuation's first letters.
      ("It is abo", ["ut time", "ve", ""]), ("Ça va, dit-", ["élan", " été 🎈"]),
    ])
  func texts(kind: WordServer.Kind, question: (text: String, continuations: [String])) async throws
  {
    let server = WordServer(kind)
    let request = LikelihoodRequest(
      input: .text(question.text), continuations: question.continuations)
    let entries = try await Self.answers([request], Self.bench(server))[0].get().continuations
    #expect(entries.count == question.continuations.count)
    for (entry, continuation) in zip(entries, question.continuations) {
      let expected = server.expected(question.text, continuation)
      #expect(abs(entry.logProbability - expected.logProbability) < 1e-9, "\(continuation)")
      #expect(entry.tokenCount == expected.tokenCount, "\(continuation)")
    }
  }

  @Test(
    "A chat's continuation comes after its template", arguments: [WordServer.Kind.vllm, .llama])
  func chats(kind: WordServer.Kind) async throws {
    let server = WordServer(kind)
    let messages = [Message(.system, "Be brief."), Message(.user, "Is it so?")]
    let request = LikelihoodRequest(input: .chat(messages), continuations: [" yes", " no"])
    let entries = try await Self.answers([request], Self.bench(server))[0].get().continuations
    let text = "[system]Be brief.\n[user]Is it so?\n[assistant]"
    for (entry, continuation) in zip(entries, request.continuations) {
      let expected = server.expected(text, continuation)
      #expect(abs(entry.logProbability - expected.logProbability) < 1e-9)
      #expect(entry.tokenCount == expected.tokenCount)
    }
  }

  @Test("The contract of models holds", arguments: [WordServer.Kind.vllm, .sglang, .llama])
  func contract(kind: WordServer.Kind) async throws {
    let bench = Self.bench(WordServer(kind))
    let model = try #require(try await bench.opener.open(Self.name).withLikelihoods)
    let checks = LanguageModelConformance(model: model, input: { .text($0) })
    try await checks.checkLikelihoods(model)
  }

  @Test func `Labels of one token cost llama-server one step, and vLLM one echo each`() async throws
  {
    let request = LikelihoodRequest(input: .text("Well"), continuations: [" yes", " no"])
    for (kind, path, count) in [
      (WordServer.Kind.llama, "/completion", 1), (.vllm, "/completions", 2),
    ] {
      let bench = Self.bench(WordServer(kind))
      _ = try await Self.answers([request, request], bench)
      let calls = bench.transport.calls.filter { $0.url.hasSuffix(path) }
      #expect(calls.count == 2 * count)
      #expect(bench.transport.calls.count { $0.url.hasSuffix("/models") } == 1)
    }
  }

  @Test func `Requests to echo have the published shape`() async throws {
    let bench = Self.bench(WordServer(.vllm))
    let request = LikelihoodRequest(input: .text("Well"), continuations: [" yes"])
    _ = try await Self.answers([request], bench)
    let call = try #require(bench.transport.calls.last)
    #expect(call.json == (try Fixture.json("server-echo.json")))
    #expect(bench.transport.calls.first?.method == "GET")
  }

  @Test func `A server that echoes nothing is told as one that cannot do it`() async throws {
    let request = LikelihoodRequest(input: .text("Well"), continuations: [" yes"])
    let result = try await Self.answers([request], Self.bench(WordServer(.mute)))[0]
    guard case .failure(let error) = result else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unusableModel)
    #expect(error.message.contains("does not tell how likely"))
  }

  @Test func `Nothing before the continuation is refused`() async throws {
    let request = LikelihoodRequest(input: .text(""), continuations: ["yes"])
    let result = try await Self.answers([request], Self.bench(WordServer(.sglang)))[0]
    guard case .failure(let error) = result else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unsupported)
  }

  @Test func `Providers that complete no texts tell no likelihoods`() async throws {
    let bench = Bench(environment: ProviderTests.keys) { _, _ in .chat("yes") }
    for name in ["openai:m", "anthropic:m", "google:m", "mistral:m", "openrouter:m"] {
      #expect(try await bench.opener.open(name).withLikelihoods == nil)
    }
  }

  @Test func `A token that llama-server keeps back is read off the list of all tokens`()
    async throws
  {
    let server = WordServer(.llama)
    let request = LikelihoodRequest(
      input: .text("Well"), continuations: [WordServer.keptBack + " yes"])
    let bench = Self.bench(server)
    let entry = try await Self.answers([request], bench)[0].get().continuations[0]
    let expected = server.expected("Well", WordServer.keptBack + " yes")
    #expect(abs(entry.logProbability - expected.logProbability) < 1e-9)
    #expect(entry.tokenCount == expected.tokenCount)
  }

  @Test func `What llama-server tells below its smallest number is that number`() throws {
    let body = Data(
      #"{"completion_probabilities": [{"id": 5, "logprob": -3.4028234663852886e38}]}"#.utf8)
    #expect(try TokenStep(body).told == [5: -103])
    let hidden = Data(#"{"completion_probabilities": [], "tokens_evaluated": 3}"#.utf8)
    #expect(try TokenStep(hidden).told.isEmpty)
    #expect(throws: UnreadableReply.self) { try TokenStep(Data("[]".utf8)) }
  }
}
