// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

@Suite struct KeyTests {
  @Test func `A missing key is told with the variable to set`() async throws {
    let bench = Bench(environment: [:]) { _, _ in .chat("yes") }
    let error = await #expect(throws: ModelError.self) {
      try await bench.opener.open("openai:gpt-4o-mini")
    }
    #expect(error?.kind == .unusableModel)
    #expect(error?.message.contains("OPENAI_API_KEY_COMMAND") == true)
  }

  @Test func `The key stands in its header and nowhere else`() async throws {
    let bench = Bench { _, _ in .error(401, "Incorrect API key provided: sk-secret-1.") }
    let model = try await bench.opener.open("openai:gpt-4o-mini")
    guard case .failure(let error) = try await bench.answer(.chat()) else {
      Issue.record("it was answered")
      return
    }
    #expect(!error.message.contains("sk-secret-1"))
    let call = try #require(bench.transport.calls.first)
    #expect(call.header("authorization") == "Bearer sk-secret-1")
    #expect(!call.url.contains("secret"))
    #expect(!String(decoding: call.body ?? Data(), as: UTF8.self).contains("secret"))
    var dumped = ""
    dump(try #require(SecretKey("sk-secret-1")), to: &dumped)
    for text in [dumped, "\(model.identity)", String(reflecting: SecretKey("sk-secret-1"))] {
      #expect(!text.contains("sk-secret-1"))
    }
  }

  @Test func `A key comes from a command when no variable holds it`() async throws {
    let source = KeySource(variables: ["A_KEY"])
    let environment = ["A_KEY_COMMAND": "print it"]
    let key = try await source.key(in: environment) { command in
      #expect(command == "print it")
      return KeyCommand.Ending(code: 0, output: "from-command\n")
    }
    #expect(key?.value == "from-command")
    let direct = try await source.key(in: ["A_KEY": "x", "A_KEY_COMMAND": "no"]) { _ in
      KeyCommand.Ending(code: 1, output: "")
    }
    #expect(direct?.value == "x")
    for ending in [
      KeyCommand.Ending(code: 2, output: "hidden"), KeyCommand.Ending(code: 0, output: "two words"),
    ] {
      let error = await #expect(throws: ModelError.self) {
        try await source.key(in: environment) { _ in ending }
      }
      #expect(error?.message.contains("A_KEY_COMMAND") == true)
      #expect(error?.message.contains(ending.output) == false)
    }
  }

  @Test(
    "The key of servers goes to this machine and to listed hosts alone",
    arguments: [
      ("http://127.0.0.1:8000/v1", true), ("http://localhost/v1", true),
      ("https://models.example.org/v1", true), ("https://example.org/v1", false),
      ("http://127.evil.org.example.net/v1", false),
    ])
  func serverKey(address: String, isSent: Bool) async throws {
    let environment = ["HONE_SERVER_KEY": "k", "HONE_SERVER_HOSTS": "models.example.org, other"]
    let key = try await ServerKey.key(for: address, in: environment)
    #expect((key != nil) == isSent)
  }

  @Test func `OpenAI's key is not sent to an address`() async throws {
    let bench = Bench { _, _ in .chat("yes") }
    _ = try await bench.answer(.chat(), from: "http://127.0.0.1:9/v1#m")
    #expect(bench.transport.calls.first?.header("authorization") == nil)
  }

  @Test func `The base address comes from the environment`() async throws {
    let environment = ["OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://10.1.1.1:99/v1/"]
    let bench = Bench(environment: environment) { _, _ in .chat("yes") }
    _ = try await bench.answer(.chat())
    #expect(bench.transport.calls.first?.url == "http://10.1.1.1:99/v1/chat/completions")
  }
}
