// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

/// Images in messages and schemas of answers.
@Suite struct MessagePartTests {
  private static let image = ImagePart(
    mediaType: .png, data: Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))

  private static let schema = JSONValue.object([
    "type": .string("object"),
    "properties": .object(["animal": .object(["type": .string("string")])]),
    "required": .array([.string("animal")]), "additionalProperties": .bool(false),
  ])

  private static func request(
    images: [ImagePart]? = [image], schema: JSONValue? = schema
  ) -> GenerationRequest {
    GenerationRequest(
      input: .chat([
        Message(.system, "Be brief."), Message(.user, "Which animal is it?", images: images),
      ]), maxTokens: 20, schema: schema)
  }

  @Test(
    "Images and schemas have each provider's published shape",
    arguments: [
      "openai:gpt-4o-mini", "azure:gpt-4o", "mistral:pixtral-large", "openrouter:openai/o3",
      "ollama:gemma3", "anthropic:claude-sonnet-4-5", "google:gemini-2.0-flash",
      "http://127.0.0.1:8000/v1#Qwen/Qwen3-VL-8B",
    ])
  func shape(name: String) async throws {
    let bench = Bench(environment: ProviderTests.keys) { _, _ in .error(400) }
    _ = try await bench.answer(Self.request(), from: name)
    let provider = name.hasPrefix("http") ? "server" : String(name.prefix { $0 != ":" })
    let call = try #require(bench.transport.calls.first)
    #expect(call.json == (try Fixture.json("\(provider)-parts.json")))
  }

  @Test(
    "A schema is left out for models that keep to none",
    arguments: [
      ("openai:gpt-4o", true), ("openai:gpt-4.1-nano", true), ("openai:gpt-4-turbo", false),
      ("openai:gpt-3.5-turbo", false), ("openai:o1-mini", false), ("openai:o3-mini", true),
      ("anthropic:claude-3-5-haiku-latest", false), ("anthropic:claude-sonnet-4-20250514", false),
      ("anthropic:claude-opus-4-1", true),
    ])
  func schema(name: String, isTaken: Bool) async throws {
    let bench = Bench(environment: ProviderTests.keys) { _, _ in .error(400) }
    #expect(try await bench.opener.open(name).takesSchema == isTaken)
    _ = try await bench.answer(Self.request(images: nil), from: name)
    let json = try #require(bench.transport.calls.first?.json)
    #expect((json["response_format"] ?? json["output_config"] != nil) == isTaken)
  }

  @Test(
    "Images are refused, not left out, for models that see none",
    arguments: [
      "openai:gpt-3.5-turbo", "openai:gpt-4-0613", "openai:o3-mini", "anthropic:claude-2.1",
    ])
  func images(name: String) async throws {
    let bench = Bench(environment: ProviderTests.keys) { _, _ in .chat("yes") }
    guard case .failure(let error) = try await bench.answer(Self.request(), from: name) else {
      Issue.record("it was answered")
      return
    }
    #expect(error.kind == .unsupported)
    #expect(error.message.contains("sees no images"))
    #expect(bench.transport.calls.isEmpty)
  }

  @Test func `Likelihoods after images are refused`() async throws {
    let server = WordServer(.vllm)
    let bench = Bench(environment: [:]) { call, _ in server.reply(call) }
    let model = try #require(
      try await bench.opener.open("http://127.0.0.1:8000/v1#m").withLikelihoods)
    let request = LikelihoodRequest(input: Self.request().input, continuations: ["a"])
    for try await element in model.likelihoods([request]) {
      guard case .failure(let error) = element.result else {
        Issue.record("it was answered")
        return
      }
      #expect(error.kind == .unsupported)
    }
  }
}
