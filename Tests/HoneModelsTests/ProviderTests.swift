// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

@Suite struct ProviderTests {
  static let keys = [
    "OPENAI_API_KEY": "k1", "ANTHROPIC_API_KEY": "k2", "GEMINI_API_KEY": "k3",
    "MISTRAL_API_KEY": "k4", "AZURE_OPENAI_API_KEY": "k5", "OPENROUTER_API_KEY": "k6",
    "AZURE_OPENAI_ENDPOINT": "https://me.example.org/",
  ]

  @Test(
    "Each provider is asked at its address, with its key in its header, in its own shape",
    arguments: [
      ("anthropic:claude-x", "https://api.anthropic.com/v1/messages", "x-api-key: k2"),
      (
        "google:gemini-2.0-flash",
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent",
        "x-goog-api-key: k3"
      ),
      ("mistral:small", "https://api.mistral.ai/v1/chat/completions", "authorization: Bearer k4"),
      ("azure:gpt-4o", "https://me.example.org/openai/v1/chat/completions", "api-key: k5"),
      (
        "openrouter:openai/o3", "https://openrouter.ai/api/v1/chat/completions",
        "authorization: Bearer k6"
      ),
      ("ollama:qwen3", "http://127.0.0.1:11434/v1/chat/completions", ""),
    ])
  func shape(name: String, url: String, key: String) async throws {
    let bench = Bench(environment: Self.keys) { _, _ in
      throw TransportFailure.badAddress("not asked")
    }
    _ = try await bench.answer(ChatCompletionsTests.full, from: name)
    let call = try #require(bench.transport.calls.first)
    #expect(call.url == url)
    let lines = call.headers.map { "\($0.name): \($0.value)" }
    #expect(key.isEmpty || lines.contains(key))
    let secrets = Self.keys.values.filter { $0.hasPrefix("k") }
    #expect(lines.filter { line in secrets.contains { line.contains($0) } }.count <= 1)
    let provider = name.prefix { $0 != ":" }
    #expect(call.json == (try Fixture.json("\(provider)-full.json")))
  }

  @Test(
    "Anthropic's outcomes are told apart",
    arguments: [
      ("end_turn", FinishReason.endOfTurn), ("max_tokens", .length), ("refusal", .refused),
      ("stop_sequence", .stopText),
    ])
  func anthropic(reason: String, finish: FinishReason) throws {
    let body = """
      {"content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "yes"}],
       "stop_reason": "\(reason)",
       "usage": {"input_tokens": 5, "cache_read_input_tokens": 4, "output_tokens": 2}}
      """
    let answer = try AnthropicMessages().samples(Data(body.utf8)).separate[0]
    #expect(answer.text == "yes")
    #expect(answer.finish == finish)
    #expect(
      answer.usage == Usage(promptTokens: 9, completionTokens: 2, cachedPromptTokens: 4))
    #expect(throws: UnreadableReply.self) { try AnthropicMessages().samples(Data("{}".utf8)) }
  }

  @Test(
    "Gemini's outcomes are told apart",
    arguments: [
      (
        #"{"content":{"parts":[{"text":"a"},{"text":"b"}]},"finishReason":"STOP"}"#, "ab",
        FinishReason.endOfTurn
      ),
      (#"{"content":{"parts":[{"text":"t","thought":true},{"text":"b"}]}}"#, "b", .endOfTurn),
      (#"{"content":{"role":"model"},"finishReason":"MAX_TOKENS"}"#, "", .length),
      (#"{"finishReason":"SAFETY"}"#, "", .filtered),
    ])
  func gemini(candidate: String, text: String, finish: FinishReason) throws {
    let usage = #"{"promptTokenCount":3,"candidatesTokenCount":2,"thoughtsTokenCount":7}"#
    let body = #"{"candidates":[\#(candidate)],"usageMetadata":\#(usage)}"#
    let answer = try GeminiContent().samples(Data(body.utf8)).separate[0]
    #expect(answer.text == text)
    #expect(answer.finish == finish)
    #expect(answer.usage == Usage(promptTokens: 3, completionTokens: 9))
  }

  @Test func `A prompt that Gemini blocks is refused, and a body without anything is unreadable`()
    throws
  {
    let blocked = Data(#"{"promptFeedback":{"blockReason":"SAFETY"}}"#.utf8)
    #expect(try GeminiContent().samples(blocked).generations[0].finish == .filtered)
    for body in ["{}", #"{"candidates":[]}"#, #"{"candidates":[{}]}"#] {
      #expect(throws: UnreadableReply.self) { try GeminiContent().samples(Data(body.utf8)) }
    }
  }

  @Test func `A key that Gemini calls not valid ends the run`() {
    let problem = ServiceProblem(message: "API key not valid. Please pass a valid API key.")
    guard case .fail(let error) = Verdict.of(status: 400, problem: problem, service: "google")
    else {
      Issue.record("it is no failure")
      return
    }
    #expect(error.kind == .unusableModel)
  }

  @Test func `Azure without its address is told which variable to set`() async throws {
    let bench = Bench(environment: ["AZURE_OPENAI_API_KEY": "k"]) { _, _ in .chat("yes") }
    let error = await #expect(throws: ModelError.self) { try await bench.opener.open("azure:m") }
    #expect(error?.message.contains("AZURE_OPENAI_ENDPOINT") == true)
  }

  @Test func `System text alone is refused where a turn is needed`() async throws {
    let bench = Bench(environment: Self.keys) { _, _ in .chat("yes") }
    let request = GenerationRequest(input: .chat([Message(.system, "Be brief.")]), maxTokens: 3)
    guard case .failure(let error) = try await bench.answer(request, from: "anthropic:m") else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unsupported)
    #expect(bench.transport.calls.isEmpty)
  }
}
