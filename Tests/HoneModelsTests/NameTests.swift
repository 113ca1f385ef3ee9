// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneModels

@Suite struct NameTests {
  @Test(
    "Names of models behind APIs are told from those of files",
    arguments: [
      ("openai:gpt-4o", true), ("http://127.0.0.1:8000/v1#m", true), ("HTTPS://a/v1#m", true),
      ("smollm2-135m-instruct", false), ("models/a.gguf", false), ("openai", false),
      ("hf:OWNER/REPO/FILE.gguf", false),
    ])
  func remote(name: String, isRemote: Bool) {
    #expect(RemoteModelName.isRemote(name) == isRemote)
  }

  @Test func `An address is taken with or without the end of its path`() throws {
    let names = [
      "http://a:1/v1#x/y", "http://a:1/v1/#x/y", "http://a:1/v1/chat/completions#x/y",
    ]
    for name in names {
      let parsed = try RemoteModelName(name)
      #expect(parsed.place == .addresses(AddressList("http://a:1/v1")))
      #expect(parsed.model == "x/y")
    }
    #expect(try RemoteModelName("openai:ft:gpt-4o:me::1").model == "ft:gpt-4o:me::1")
  }

  @Test(
    "A name that is not well written is told how it should be",
    arguments: [
      ("http://a:1/v1", "after #"), ("http://a/v1#", "must end with the model's name"),
      ("http://u:secret@a/v1#m", "must not hold a user name"),
      ("http://a/v1,http://u:secret@b/v1#m", "must not hold a user name"),
      ("http://a/v1,u:secret@b/v1#m", "must not hold a user name"),
      ("http://a/v1,b:2/v1#m", "with commas between several"), ("http://,#m", "cannot be read"),
      ("http://#m", "cannot be read"),
      ("http://a/v1?k=secret#m", "query"), ("openai:", "must end with the model's name"),
      ("opnai:m", "there are openai"), ("m", "PROVIDER:MODEL"),
      ("openai:a\u{7}", "must end with the model's name"),
    ])
  func mistakes(name: String, words: String) {
    let error = #expect(throws: ModelError.self) { try RemoteModelName(name) }
    #expect(error?.kind == .unusableModel)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("secret") == false)
  }

  @Test func `Models that think take no temperature, no stop texts and another limit`() {
    for model in ["o1", "o3-mini", "o4-mini", "gpt-5-nano", "ft:o3-mini:me"] {
      var capabilities = CapabilityTable.openAI(model)
      // Some of them see no images besides.
      capabilities.takesImages = true
      #expect(capabilities == .reasoning)
    }
    for model in ["gpt-4o", "gpt-3.5-turbo", "gpt-5-chat-latest", "something-new"] {
      #expect(CapabilityTable.openAI(model).highestTemperature == 2)
    }
    #expect(ModelCapabilities.reasoning.notices(of: "o3").count == 2)
    #expect(ModelCapabilities().notices(of: "m").isEmpty)
  }

  @Test func `Proxies are taken from the environment, but not for this machine`() throws {
    let environment = ["HTTPS_PROXY": "http://proxy.lan:3128", "NO_PROXY": "inner.org,.lan"]
    func proxy(_ address: String) throws -> ProxyAddress? {
      ProxyAddress(for: try #require(URL(string: address)), environment: environment)
    }
    #expect(try proxy("https://api.openai.com/v1") == ProxyAddress(host: "proxy.lan", port: 3128))
    for other in [
      "https://inner.org/v1", "https://a.inner.org/v1", "https://b.lan/", "http://out.org/v1",
      "https://127.0.0.1/v1", "https://localhost:8000",
    ] {
      #expect(try proxy(other) == nil, "\(other)")
    }
  }
}
