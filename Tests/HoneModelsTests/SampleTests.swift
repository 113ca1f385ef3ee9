// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

/// Several samples of one request, and how likely their tokens were.
@Suite struct SampleTests {
  private static let name = "openai:gpt-4o-mini"

  /// A service of chat completions that writes as many choices as it is asked for.
  private static func choices(_ call: HTTPCall, atMost most: Int = 128) -> HTTPReply {
    let asked = Int(call.json["n"]?.numberValue ?? 1)
    let choices = (0..<min(asked, most)).map { place in
      #"{"message":{"content":"\#(String(repeating: "ab ", count: place + 1))"},"#
        + #""finish_reason":"stop"}"#
    }
    let body =
      #"{"choices":[\#(choices.joined(separator: ","))],"#
      + #""usage":{"prompt_tokens":10,"completion_tokens":\#(3 * asked)}}"#
    return HTTPReply(status: 200, body: Data(body.utf8))
  }

  private func answers(
    _ requests: [GenerationRequest], from name: String = name, _ bench: Bench
  ) async throws -> [Result<Generation, ModelError>?] {
    let model = try await bench.opener.open(name)
    var results: [Result<Generation, ModelError>?] = Array(repeating: nil, count: requests.count)
    for try await element in model.generate(requests) {
      #expect(results[element.index] == nil)
      results[element.index] = element.result
    }
    return results
  }

  private static let ten = (0..<10).map { GenerationRequest.chat(temperature: 1, sample: $0) }

  @Test(
    "Samples of a request are drawn together, in the words of each service",
    arguments: [
      (name, "openai-samples.json"), ("mistral:small", "mistral-samples.json"),
      ("google:gemini-2.0-flash", "google-samples.json"),
    ])
  func body(name: String, fixture: String) async throws {
    let bench = Bench(environment: ProviderTests.keys) { call, _ in
      throw TransportFailure.badAddress("not asked")
    }
    _ = try await answers(Array(Self.ten.prefix(3)), from: name, bench)
    #expect(bench.transport.calls.first?.json == (try Fixture.json(fixture)))
  }

  @Test func `Ten samples take two calls, and their usage is counted once`() async throws {
    let bench = Bench { call, _ in Self.choices(call) }
    let results = try await answers(Self.ten, bench)
    let counts = bench.transport.calls.compactMap { $0.json["n"]?.numberValue }
    #expect(counts.sorted() == [2, 8])
    let usage = try results.reduce(Usage()) { try $0 + ($1?.get().usage ?? Usage()) }
    #expect(usage == Usage(promptTokens: 20, completionTokens: 30))
    #expect(Set(try results.prefix(8).map { try $0?.get().text }).count == 8)
  }

  @Test func `Greedy and different requests stay alone`() async throws {
    let bench = Bench { call, _ in Self.choices(call) }
    _ = try await answers(
      [.chat(), .chat(), .chat("Another.", temperature: 1), .chat(temperature: 1)], bench)
    #expect(bench.transport.calls.count == 4)
    #expect(bench.transport.calls.allSatisfy { $0.json["n"] == nil })
  }

  @Test func `Choices that are missing are asked for one by one`() async throws {
    let bench = Bench { call, _ in Self.choices(call, atMost: 2) }
    let results = try await answers(Array(Self.ten.prefix(4)), bench)
    #expect(results.allSatisfy { (try? $0?.get()) != nil })
    #expect(bench.transport.calls.map { $0.json["n"]?.numberValue } == [4, nil, nil])
    let seeds = bench.transport.calls.dropFirst().map { $0.json["seed"] }
    #expect(Set(seeds).count == 2)
  }

  @Test func `A service that takes no number of samples is asked for each from then on`()
    async throws
  {
    let bench = Bench { call, _ in
      guard call.json["n"] == nil else { return .error(400, "n must be 1") }
      return Self.choices(call)
    }
    let model = try await bench.opener.open(Self.name)
    for expected in [4, 7] {
      var done = 0
      for try await element in model.generate(Array(Self.ten.prefix(3))) {
        _ = try element.result.get()
        done += 1
      }
      #expect(done == 3)
      #expect(bench.transport.calls.count == expected)
    }
  }

  @Test func `A request that is refused even alone fails, and later ones are still drawn together`()
    async throws
  {
    let bench = Bench { call, number in
      number <= 2 ? .error(400, "no such parameter") : Self.choices(call)
    }
    let model = try await bench.opener.open(Self.name)
    var failures = 0
    for try await element in model.generate(Array(Self.ten.prefix(3))) {
      if element.error?.kind == .engine { failures += 1 }
    }
    #expect(failures == 3)
    for try await element in model.generate(Array(Self.ten.prefix(3))) {
      _ = try element.result.get()
    }
    #expect(bench.transport.calls.map { $0.json["n"]?.numberValue } == [3, nil, 3])
  }

  @Test func `What a filter stops is stopped for every sample`() async throws {
    let bench = Bench { _, _ in .error(400, "no", code: "content_filter") }
    let results = try await answers(Array(Self.ten.prefix(3)), bench)
    #expect(try results.map { try $0?.get().finish } == [.filtered, .filtered, .filtered])
    #expect(bench.transport.calls.count == 1)
  }

  @Test func `A refused key fails every sample after one call`() async throws {
    let bench = Bench { _, _ in .error(401, "bad key") }
    let results = try await answers(Array(Self.ten.prefix(3)), bench)
    for result in results {
      #expect(throws: ModelError.self) { try result?.get() }
    }
    #expect(bench.transport.calls.count == 1)
  }

  @Test func `Tokens come with their likelihoods, up to the stop text`() async throws {
    let body = Data(
      #"""
      {"choices":[{"message":{"content":"one two three"},"finish_reason":"stop","logprobs":{"content":
      [{"token":"one","logprob":-0.1},{"token":" two","logprob":-0.25},{"token":" three","logprob":-2}]}}]}
      """#.utf8)
    let bench = Bench { _, _ in HTTPReply(status: 200, body: body) }
    var request = GenerationRequest.chat(stop: [" three"])
    request.scoresTokens = true
    let answer = try await bench.answer(request).get()
    #expect(bench.transport.calls.first?.json["logprobs"] == .bool(true))
    #expect(
      answer.tokens == [
        ScoredToken(text: "one", logProbability: -0.1),
        ScoredToken(text: " two", logProbability: -0.25),
      ])
  }

  @Test func `Completions tell tokens in two lists`() async throws {
    let body = Data(
      #"{"choices":[{"text":" a b","logprobs":{"tokens":[" a"," b"],"token_logprobs":[-1,-2]}}]}"#
        .utf8)
    let bench = Bench { _, _ in HTTPReply(status: 200, body: body) }
    var request = GenerationRequest(input: .text("Say"), maxTokens: 4)
    request.scoresTokens = true
    let answer = try await bench.answer(request, from: "http://127.0.0.1:1/v1#m").get()
    #expect(bench.transport.calls.first?.json["logprobs"] == .number(1))
    #expect(answer.tokens?.map(\.logProbability) == [-1, -2])
  }

  @Test func `A model that tells no likelihoods is not asked for them`() async throws {
    let bench = Bench(environment: ProviderTests.keys) { _, _ in
      HTTPReply(status: 200, body: Data(#"{"content":[{"type":"text","text":"a"}]}"#.utf8))
    }
    var request = GenerationRequest.chat()
    request.scoresTokens = true
    let answer = try await bench.answer(request, from: "anthropic:claude-x").get()
    #expect(answer.tokens == nil)
    #expect(bench.transport.calls.first?.json["logprobs"] == nil)
  }

  @Test func `A request that asks for no likelihoods is written as before`() throws {
    let json = String(decoding: try CanonicalJSON.encode(GenerationRequest.chat()), as: UTF8.self)
    #expect(!json.contains("scoresTokens"))
    var request = GenerationRequest.chat()
    request.scoresTokens = true
    let read = try JSONDecoder().decode(
      GenerationRequest.self, from: CanonicalJSON.encode(request))
    #expect(read == request)
  }
}
