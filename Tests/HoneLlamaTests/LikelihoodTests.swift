// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import Testing

extension EngineTests {
  @Suite(.serialized)
  struct LikelihoodTests {
    @Test(
      "Probabilities of all single letters after a text sum to less than one, and the right leads")
    func ranksPlainFacts() async throws {
      let model = try TestModel.usual()
      let request = LikelihoodRequest(
        input: .text("The capital of France is"),
        continuations: [" Paris", " London", " banana", " Berlin"])
      let result = try await values(model.likelihoods([request]), count: 1)[0]
      let logs = result.continuations.map(\.logProbability)
      #expect(logs.allSatisfy { $0 < 0 })
      #expect(logs[0] > logs[1] && logs[1] > logs[2])
      #expect(logs.map { exp($0) }.reduce(0, +) < 1)
    }

    @Test("The greedy response is at least as likely as other texts of its length")
    func agreesWithGreedyDecoding() async throws {
      let model = try TestModel.usual()
      let input = ModelInput.text("Monday, Tuesday, Wednesday,")
      let generation = try await values(
        model.generate([GenerationRequest(input: input, maxTokens: 1)]), count: 1)[0]
      let others = [" Sunday", " the", " Paris", "\n"]
      let request = LikelihoodRequest(input: input, continuations: [generation.text] + others)
      let logs = try await values(model.likelihoods([request]), count: 1)[0].continuations
      #expect(logs.dropFirst().allSatisfy { $0.logProbability <= logs[0].logProbability })
    }

    @Test("The tokens of a response are as likely as the response is as a continuation")
    func scoresItsOwnTokens() async throws {
      let model = try TestModel.usual()
      let input = ModelInput.text("One two three four")
      let greedy = GenerationRequest(input: input, maxTokens: 6, scoresTokens: true)
      var drawn = greedy
      drawn.temperature = 1
      for request in [greedy, drawn] {
        let generation = try await values(model.generate([request]), count: 1)[0]
        let tokens = try #require(generation.tokens)
        #expect(tokens.map(\.text).joined() == generation.text)
        let whole = try await values(
          model.likelihoods([LikelihoodRequest(input: input, continuations: [generation.text])]),
          count: 1)[0].continuations[0]
        // The text may be split into other tokens than those it was written in.
        guard whole.tokenCount == tokens.count else { continue }
        let sum = tokens.reduce(0) { $0 + $1.logProbability }
        #expect(abs(sum - whole.logProbability) < 0.05)
      }
      var plain = greedy
      plain.scoresTokens = false
      #expect(try await values(model.generate([plain]), count: 1)[0].tokens == nil)
    }

    @Test("A continuation of several tokens is the product of its parts, alone and in a batch")
    func addsUpOverTokens() async throws {
      let model = try TestModel.usual()
      let first = LikelihoodRequest(input: .text("One two three"), continuations: [" four"])
      let second = LikelihoodRequest(input: .text("One two three four"), continuations: [" five"])
      let both = LikelihoodRequest(input: .text("One two three"), continuations: [" four five"])
      var alone: [Double] = []
      for request in [first, second, both] {
        alone.append(
          try await values(model.likelihoods([request]), count: 1)[0].continuations[0]
            .logProbability)
      }
      #expect(abs(alone[0] + alone[1] - alone[2]) < 0.05)
      let batch = try await values(model.likelihoods([both, second, first]), count: 3)
      for (result, expected) in zip(batch, alone.reversed()) {
        #expect(abs(result.continuations[0].logProbability - expected) < 0.05)
      }
      #expect(batch[0].continuations[0].tokenCount == 2)
    }
  }
}
