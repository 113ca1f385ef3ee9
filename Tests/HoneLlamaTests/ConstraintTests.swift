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
      _ schema: JSONValue?, maxTokens: Int = 60, temperature: Double = 0, topP: Double? = nil
    ) -> [GenerationRequest] {
      let texts = [
        "The soup was cold.", "A lovely day at the sea!", "He said \"no\" and left.",
        "Äpfel, 30 €.",
        "Write a poem about { and }.", "1 2 3 4 5 6 7 8 9",
      ]
      return texts.enumerated().map { index, text in
        var request = GenerationRequest(
          input: .chat([
            Message(.system, "Say what you think of the text as JSON."), Message(.user, text),
          ]), maxTokens: maxTokens, temperature: temperature, seed: 3, sampleIndex: index,
          schema: schema)
        request.topP = topP
        return request
      }
    }

    @Test(
      "Every answer is a whole JSON document of the schema, greedy or sampled, long or short",
      arguments: [(0.0, 60, nil), (0.0, 200, nil), (1.5, 60, nil), (1.5, 120, nil), (1.5, 60, 0.7)])
    func alwaysParses(temperature: Double, maxTokens: Int, topP: Double?) async throws {
      let model = try TestModel.usual()
      let requests = Self.requests(
        try Self.schema(), maxTokens: maxTokens, temperature: temperature, topP: topP)
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

    @Test(
      "The share of top-p is that of the allowed tokens: of hardly any share the likeliest is left")
    func topP() async throws {
      let model = try TestModel.usual()
      let schema = try Self.schema()
      let greedy = Self.requests(schema)
      let least = Self.requests(schema, temperature: 1.5, topP: 1e-9)
      let some = Self.requests(schema, temperature: 1.5, topP: 0.7)
      let answers = try await values(
        model.generate(greedy + least + some), count: 3 * greedy.count
      ).map(\.text)
      let first = Array(answers.prefix(greedy.count))
      if try TestModel.isExact {
        #expect(Array(answers[greedy.count..<(2 * greedy.count)]) == first)
      }
      #expect(Array(answers.suffix(greedy.count)) != first)
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
