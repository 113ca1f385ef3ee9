// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore
import Testing

@Suite struct RequestKeyTests {
  static let base = GenerationRequest(input: .text("a"), maxTokens: 4, temperature: 1)

  @Test(
    arguments: [
      { (request: inout GenerationRequest) in request.input = .chat([Message(.user, "a")]) },
      { $0.maxTokens = 5 }, { $0.temperature = 0.5 }, { $0.stop = ["\n"] }, { $0.seed = 1 },
      { $0.sampleIndex = 1 }, { $0.stopWhenDecided = .yesNo },
    ] as [@Sendable (inout GenerationRequest) -> Void])
  func `Every part of a request is part of its key`(
    change: @Sendable (inout GenerationRequest) -> Void
  ) throws {
    var changed = Self.base
    change(&changed)
    let key = try RequestKey(model: "m", kind: .generate, request: Self.base)
    #expect(try RequestKey(model: "m", kind: .generate, request: changed) != key)
    #expect(try RequestKey(model: "m", kind: .generate, request: Self.base) == key)
  }

  @Test func `The model and the kind of call are part of the key`() throws {
    let key = try RequestKey(model: "m", kind: .generate, request: Self.base)
    #expect(try RequestKey(model: "n", kind: .generate, request: Self.base) != key)
    #expect(try RequestKey(model: "m", kind: .likelihoods, request: Self.base) != key)
  }

  @Test func `A key is SHA-256 of canonical JSON, the same on every machine`() throws {
    let key = try RequestKey(model: "m", kind: .embed, request: ["text": "a"])
    // printf '{"kind":"embed","model":"m","request":{"text":"a"}}' | sha256sum
    let digest = "b65fd9b4acbfa8078830a7555cfe33485ac69d5a257612613c50124b9ba9f29f"
    #expect(key.data.map { String(format: "%02x", $0) }.joined() == digest)
  }
}
