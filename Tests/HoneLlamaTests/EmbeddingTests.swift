// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama
import Testing

extension EngineTests {
  @Suite(.serialized)
  struct EmbeddingTests {
    @Test("Vectors have length 1, and texts on one subject are nearer than others")
    func embedsByMeaning() async throws {
      let model = try TestModel.usual()
      let texts = [
        "The cat sleeps on the sofa.", "A kitten is napping on the couch.",
        "Interest rates rose by two percent.",
      ]
      let vectors = try await values(model.embed(texts), count: 3)
      for vector in vectors { #expect(abs(vector.cosine(to: vector) - 1) < 1e-4) }
      #expect(vectors[0].cosine(to: vectors[1]) > vectors[0].cosine(to: vectors[2]))
    }

    @Test("A text has the same vector alone and among others; an empty one fails alone")
    func embedsEachTextByItself() async throws {
      let model = try TestModel.usual()
      let long = String(repeating: "many words in a row ", count: 150)
      let texts = ["first", "", long, "last"]
      let batch = try await collect(model.embed(texts), count: 4)
      let alone = try await values(model.embed(["last"]), count: 1)[0]
      #expect(try batch[3].get().cosine(to: alone) > 0.999)
      #expect(throws: ModelError.self) { try batch[1].get() }
      #expect(try batch[2].get().usage.promptTokens > 500)
    }
  }
}
