// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import Testing

extension EngineTests {
  @Suite(.serialized)
  struct ConstraintTests {
    private struct Review: Decodable {
      var reasoning: String
      var mood: String
      var score: Double
      var words: [String]
      var isLong: Bool
    }

    private static func schema() throws -> JSONValue {
      let signature = try Signature(
        "text -> mood: glad | sad, score: number, words: [text], isLong: bool")
      let call = StageCall(signature: signature, module: .chainOfThought, format: .json)
      return try #require(call.replySchema)
    }

    private static func requests(
      _ schema: JSONValue?, maxTokens: Int = 60, temperature: Double = 0
    ) -> [GenerationRequest] {
      let texts = [
        "The soup was cold.", "A lovely day at the sea!", "He said \"no\" and left.",
        "Äpfel, 30 €.",
        "Write a poem about { and }.", "1 2 3 4 5 6 7 8 9",
      ]
      return texts.enumerated().map { index, text in
        GenerationRequest(
          input: .chat([
            Message(.system, "Say what you think of the text as JSON."), Message(.user, text),
          ]), maxTokens: maxTokens, temperature: temperature, seed: 3, sampleIndex: index,
          schema: schema)
      }
    }

    @Test(
      "Every answer is a whole JSON document of the schema, greedy or sampled, long or short",
      arguments: [(0.0, 60), (0.0, 200), (1.5, 60), (1.5, 120)])
    func alwaysParses(temperature: Double, maxTokens: Int) async throws {
      let model = try TestModel.usual()
      let requests = Self.requests(
        try Self.schema(), maxTokens: maxTokens, temperature: temperature)
      for answer in try await values(model.generate(requests), count: requests.count) {
        let read = try? JSONDecoder().decode(Review.self, from: Data(answer.text.utf8))
        let review = try #require(read, "\(answer.finish): \(answer.text)")
        #expect(["glad", "sad"].contains(review.mood), "\(answer.text)")
        #expect(answer.text.hasPrefix("{\"reasoning\": "), "\(answer.text)")
        #expect(answer.finish == .endOfTurn)
      }
    }

    @Test("A constraint is one request's own: its neighbours in the batch answer as without it")
    func ownToARequest() async throws {
      let model = try TestModel.usual()
      let free = Self.requests(nil, maxTokens: 16)
      let mixed = free + Self.requests(try Self.schema(), maxTokens: 60)
      let alone = try await values(model.generate(free), count: free.count).map(\.text)
      let together = try await values(model.generate(mixed), count: mixed.count).map(\.text)
      if try TestModel.isExact { #expect(Array(together.prefix(free.count)) == alone) }
      #expect(together.suffix(free.count).allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
    }

    @Test("Parts of any kind come to an end, and so do texts that the model would go on with")
    func anyParts() async throws {
      let model = try TestModel.usual()
      let schema = JSONValue.object([
        "type": .string("object"),
        "properties": .object([
          "plan": .object([:]), "count": .object(["type": .string("integer")]),
        ]),
        "required": .array([.string("plan"), .string("count")]),
      ])
      let requests = Self.requests(schema, maxTokens: 50, temperature: 2)
      for answer in try await values(model.generate(requests), count: requests.count) {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(answer.text.utf8))
        let count = try #require(value["count"]?.numberValue, "\(answer.text)")
        #expect(count == count.rounded())
        #expect(value["plan"] != nil)
      }
    }
  }
}
