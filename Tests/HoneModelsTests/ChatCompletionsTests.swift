// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

@Suite struct ChatCompletionsTests {
  static let full = GenerationRequest.chat(
    "Is it so?", system: "Be brief.", temperature: 0.7, stop: ["END", "\n\n"], sample: 2)

  @Test(
    "Request bodies have the published shape",
    arguments: [
      ("openai:gpt-4o-mini", "openai-full.json"), ("openai:o3-mini", "openai-reasoning.json"),
      ("http://127.0.0.1:8000/v1#Qwen/Qwen3-8B", "server-full.json"),
    ])
  func body(name: String, fixture: String) async throws {
    let bench = Bench { _, _ in .chat("yes") }
    _ = try await bench.answer(Self.full, from: name)
    let call = try #require(bench.transport.calls.first)
    #expect(call.json == (try Fixture.json(fixture)))
    #expect(call.method == "POST")
    #expect(call.header("content-type") == "application/json")
  }

  @Test func `A greedy request sends no seed, and temperature 0`() async throws {
    let bench = Bench { _, _ in .chat("yes") }
    _ = try await bench.answer(.chat(temperature: 0))
    let json = try #require(bench.transport.calls.first?.json)
    #expect(json["temperature"] == .number(0))
    #expect(json["seed"] == nil)
  }

  @Test func `Samples of a request differ by seed alone`() async throws {
    let bench = Bench { _, _ in .chat("yes") }
    for sample in [0, 1, 0] { _ = try await bench.answer(.chat(temperature: 1, sample: sample)) }
    let seeds = bench.transport.calls.map { $0.json["seed"]?.numberValue }
    #expect(seeds[0] != seeds[1])
    #expect(seeds[0] == seeds[2])
    #expect(seeds.allSatisfy { $0.map { $0 >= 0 && $0 < 2_147_483_648 } == true })
  }

  @Test func `A text is completed by servers and refused for chat models`() async throws {
    let bench = Bench { _, _ in .chat("yes") }
    let request = GenerationRequest(input: .text("Once upon"), maxTokens: 3)
    _ = try await bench.answer(request, from: "http://127.0.0.1:1/v1#m").get()
    #expect(bench.transport.calls.first?.url == "http://127.0.0.1:1/v1/completions")
    #expect(bench.transport.calls.first?.json["prompt"] == .string("Once upon"))
    let result = try await bench.answer(request)
    guard case .failure(let error) = result else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unsupported)
    #expect(bench.transport.calls.count == 1)
  }

  @Test(
    "Outcomes are told apart",
    arguments: [
      (#"{"message":{"content":"yes"},"finish_reason":"stop"}"#, "yes", FinishReason.endOfTurn),
      (#"{"message":{"content":"ye"},"finish_reason":"length"}"#, "ye", .length),
      (#"{"message":{"content":""},"finish_reason":"content_filter"}"#, "", .filtered),
      (
        #"{"message":{"content":null,"refusal":"I can't."},"finish_reason":"stop"}"#,
        "I can't.", .refused
      ),
      (#"{"message":{"content":""},"finish_reason":"stop"}"#, "", .endOfTurn),
      (
        #"{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}"#,
        "ab", .endOfTurn
      ),
    ])
  func outcome(choice: String, text: String, finish: FinishReason) throws {
    let body = Data(#"{"choices":[\#(choice)],"usage":{"prompt_tokens":1}}"#.utf8)
    let answer = try ChatCompletions().samples(body).separate[0]
    #expect(answer.text == text)
    #expect(answer.finish == finish)
  }

  private static let brokenText: Data = {
    var body = Data(#"{"choices":[{"message":{"content":""#.utf8)
    body.append(contentsOf: [0xFF, 0xC0])
    body.append(Data(#""}}]}"#.utf8))
    return body
  }()

  @Test(
    "A body that is no response is told so",
    arguments: [
      (Data(), "not valid JSON"), (Data("<html>".utf8), "not valid JSON"),
      (Data(#"{"choices":[]}"#.utf8), "no choice"), (Data("{}".utf8), "lacks the field choices"),
      (Data(#"{"choices":[{"index":0}]}"#.utf8), "lacks the message"),
      (Data(#"{"choices":7}"#.utf8), "choices is of another kind"),
      (
        Data(#"{"choices":[{"message":{"content":"\#(String(repeating: "x", count: 9))"#.utf8),
        "not valid JSON"
      ),
      (brokenText, "not UTF-8"),
    ] as [(Data, String)])
  func unreadable(body: Data, words: String) {
    let error = #expect(throws: UnreadableReply.self) { try ChatCompletions().samples(body) }
    #expect(error?.words.contains(words) == true)
  }
}

/// Files beside the tests.
enum Fixture {
  static func json(_ name: String) throws -> JSONValue {
    let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
    return try JSONDecoder().decode(
      JSONValue.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}
