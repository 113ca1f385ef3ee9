// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneTesting
import Testing

@testable import HoneModels

@Suite struct RemoteModelTests {
  @Test func `A model behind an API obeys the contract of models`() async throws {
    // Fewer in flight than a batch holds, so that one which is cancelled is not answered as a whole.
    let bench = Bench(limits: ServiceLimits(startInFlight: 8, mostInFlight: 8)) { call, _ in
      if (call.body?.count ?? 0) > 1 << 20 {
        return .error(400, "This model's maximum context length is 8192 tokens")
      }
      let input = call.json["messages"] ?? call.json["prompt"] ?? .null
      let content = try CanonicalJSON.encode([input, call.json["seed"] ?? .null])
      return .chat("the answer is \(StableHash.of(content))")
    }
    let model = try await bench.opener.open("http://127.0.0.1:8000/v1#tiny")
    try await LanguageModelConformance(model: model).checkAll()
  }

  @Test func `All models of a service share its limits`() async throws {
    let bench = Bench(limits: ServiceLimits(startInFlight: 2, mostInFlight: 2)) { _, _ in
      .chat("yes")
    }
    try await withThrowingDiscardingTaskGroup { group in
      for name in ["openai:a", "openai:b", "openai:c"] {
        let model = try await bench.opener.open(name)
        group.addTask {
          var count = 0
          let requests = (0..<20).map { GenerationRequest.chat("question \($0)") }
          for try await element in model.generate(requests) {
            #expect(try element.result.get().text == "yes")
            count += 1
          }
          #expect(count == 20)
        }
      }
    }
    #expect(bench.transport.calls.count == 60)
    #expect(bench.transport.mostAtOnce == 2)
  }

  @Test func `Models of another name or address have another identity`() async throws {
    let bench = Bench { _, _ in .chat("yes") }
    let names = [
      "openai:a", "openai:b", "http://127.0.0.1:1/v1#a", "http://127.0.0.1:2/v1#a",
    ]
    var digests: Set<String> = []
    for name in names {
      let identity = try await bench.opener.open(name).identity
      #expect(identity.name == name)
      digests.insert(identity.digest)
    }
    #expect(digests.count == names.count)
    let again = try await Bench { _, _ in .chat("") }.opener.open("openai:a").identity.digest
    #expect(digests.contains(again))
  }

  @Test func `Usage comes from the response, and is reckoned where it says none`() async throws {
    let counted = try await Bench { _, _ in .chat("yes", tokens: (11, 3)) }.answer(.chat()).get()
    #expect(counted.usage == Usage(promptTokens: 11, completionTokens: 3))
    let body = Data(#"{"choices": [{"message": {"content": "a yes or so"}}]}"#.utf8)
    let uncounted = try await Bench { _, _ in HTTPReply(status: 200, body: body) }
      .answer(.chat("12345678")).get()
    #expect(uncounted.usage == Usage(promptTokens: 3, completionTokens: 3))
  }

  @Test func `A stop text that the service passed over ends the answer`() async throws {
    let answer = try await Bench { _, _ in .chat("one two three") }
      .answer(.chat(stop: ["three", "two"])).get()
    #expect(answer.text == "one ")
    #expect(answer.finish == .stopText)
  }
}
