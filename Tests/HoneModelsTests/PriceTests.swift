// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTesting
import Testing

@testable import HoneModels

@Suite struct PriceTests {
  @Test func `The package's table can be read and each price has its day`() throws {
    let table = try PriceTable(PriceTable.builtInText, file: "built in")
    let lines = PriceTable.builtInText.split(separator: "\n").filter { $0.contains(":") }
    #expect(table.count == lines.count)
    #expect(PriceTable.builtIn == table)
    for line in lines {
      let name = try #require(line.split(separator: " ").first.map(String.init))
      let entry = try #require(table[name])
      #expect(entry.date?.wholeMatch(of: /20\d\d-\d\d-\d\d/) != nil)
      #expect(entry.price.completion >= entry.price.prompt || entry.price.completion == 0)
      #expect((entry.price.cachedPrompt ?? 0) < entry.price.prompt)
      #expect(RemoteModelName.isRemote(name))
    }
  }

  @Test(
    "Models are priced by their names, whatever their version and router",
    arguments: [
      ("openai:gpt-4o-mini", 0.15), ("openai:gpt-4o-mini-2024-07-18", 0.15),
      ("openai:gpt-4o", 2.5), ("anthropic:claude-sonnet-4-20250514", 3),
      ("anthropic:claude-sonnet-4-5-20250929", 3), ("anthropic:claude-3-5-haiku-latest", 0.8),
      ("google:gemini-2.0-flash-001", 0.1), ("google:gemini-3-pro-preview", 2),
      ("openrouter:openai/gpt-4o-mini", 0.15), ("openrouter:anthropic/claude-3.5-haiku", 0.8),
      ("openrouter:deepseek/deepseek-chat:free", 0), ("ollama:qwen3", 0),
      ("http://127.0.0.1:8000/v1#Qwen/Qwen3-8B", 0), ("smollm2-135m-instruct", 0),
      ("openai:gpt-4o-mini-tts", nil), ("openai:gpt-9", nil), ("azure:gpt-4o", nil),
      ("http://example.org/v1#gpt-4o", nil), ("openrouter:deepseek/deepseek-chat", nil),
    ] as [(String, Double?)])
  func names(name: String, prompt: Double?) {
    #expect(PriceBook().price(of: name)?.prompt == prompt)
  }

  @Test func `The user's prices win, and a star stands for all that begin so`() throws {
    let own = try PriceTable(
      """
      # my contract
      openai:gpt-4o   2 - 8   # cheaper
      as of 2030-01-02
      http://example.org/v1#*  1 0.5 2
      http://example.org/v1#big-*  3 - 4
      http://127.0.0.1:8000/v1#*  7 - 7
      """, file: "prices")
    let book = PriceBook(own: own)
    #expect(book.price(of: "openai:gpt-4o") == TokenPrice(prompt: 2, completion: 8))
    #expect(book.price(of: "openai:gpt-4o-2024-08-06")?.prompt == 2)
    #expect(book.price(of: "openrouter:openai/gpt-4o")?.prompt == 2)
    #expect(book.entry(for: "openai:gpt-4o")?.date == nil)
    #expect(
      book.price(of: "http://example.org/v1#any")
        == TokenPrice(prompt: 1, completion: 2, cachedPrompt: 0.5))
    #expect(book.price(of: "http://example.org/v1#big-1")?.prompt == 3)
    #expect(book.price(of: "http://127.0.0.1:8000/v1#x")?.prompt == 7)
    #expect(book.entry(for: "http://example.org/v1#any")?.date == "2030-01-02")
  }

  @Test(
    "A line that cannot be read is told with its place",
    arguments: ["openai:x 1 2", "openai:x 1 2 3 4", "openai:x -1 - 2", "openai:x a - 2", "as of"])
  func mistakes(line: String) {
    let error = #expect(throws: PriceProblem.self) {
      try PriceTable("# mine\n\n" + line, file: "my/prices")
    }
    #expect(error?.description.hasPrefix("my/prices:3: a line must be") == true)
    #expect(error?.description.contains("“\(line)”") == true)
  }

  @Test func `The user's file is found by the environment`() throws {
    let folder = try TemporaryFolder()
    let config = folder.url.appending(path: "hone")
    try FileManager.default.createDirectory(at: config, withIntermediateDirectories: true)
    try Data("openai:gpt-4o 9 - 9\n".utf8).write(to: config.appending(path: "prices"))
    let book = try PriceBook.load(["XDG_CONFIG_HOME": folder.url.path])
    #expect(book.price(of: "openai:gpt-4o")?.prompt == 9)
    #expect(try PriceBook.load(["HOME": folder.url.path]) == PriceBook())
    #expect(throws: ModelError.self) {
      try PriceBook.load(["HONE_PRICES": folder.url.appending(path: "none").path])
    }
  }

  @Test func `Tokens from the service's cache are charged at their own price`() {
    let usage = Usage(promptTokens: 1000, completionTokens: 100, cachedPromptTokens: 400)
    let price = TokenPrice(prompt: 2, completion: 10, cachedPrompt: 0.5)
    #expect(abs(price.dollars(for: usage) - (600 * 2 + 400 * 0.5 + 100 * 10) / 1e6) < 1e-12)
    #expect(TokenPrice(prompt: 2, completion: 0).dollars(for: usage) == 0.002)
  }

  @Test(
    "Tokens from the service's cache are read from each dialect",
    arguments: [
      (
        "chat",
        #"{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":9,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":4}}}"#
      ),
      (
        "anthropic",
        #"{"content":[{"text":"a"}],"usage":{"input_tokens":5,"output_tokens":1,"cache_read_input_tokens":4}}"#
      ),
      (
        "gemini",
        #"{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":1,"cachedContentTokenCount":4}}"#
      ),
    ])
  func cached(name: String, body: String) throws {
    let dialects: [String: any Dialect] = [
      "chat": ChatCompletions(), "anthropic": AnthropicMessages(), "gemini": GeminiContent(),
    ]
    let usage = try #require(try dialects[name]?.samples(Data(body.utf8)).usage)
    #expect(usage == Usage(promptTokens: 9, completionTokens: 1, cachedPromptTokens: 4))
  }
}
