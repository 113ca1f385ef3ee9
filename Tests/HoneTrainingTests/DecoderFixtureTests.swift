// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Decoders against a second computation of them")
struct DecoderFixtureTests {
  /// What `Scripts/make-decoder-fixtures.py` wrote.
  struct Fixture: Decodable {
    struct Case: Decodable {
      struct Configuration: Decodable {
        let blocks, hidden, heads, keyHeads, head, inner, vocabulary, rotary, window, pattern: Int
        let adjacent, gated, parallel: Bool
        let epsilon, base, scale, windowBase: Float
        let norm, activation: String
      }
      let configuration: Configuration
      let shapes: [String: [Int]]
      let logits: [Float]
      let changedLoss: Double
      let slopes: [String: Double]
    }
    let tokens, places, targets: [Int32]
    let rank: Int
    let scale: Double
    let cases: [String: Case]

    static func load() throws -> Fixture {
      let file = try #require(
        Bundle.module.url(
          forResource: "decoders", withExtension: "json", subdirectory: "Fixtures"))
      return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    }
  }

  private func model(_ family: String, _ test: Fixture.Case) throws -> DecoderModel {
    let given = test.configuration
    var configuration = DecoderConfiguration(
      architecture: family, blocks: given.blocks, hiddenSize: given.hidden, heads: given.heads,
      keyHeads: given.keyHeads, headSize: given.head, innerSize: given.inner,
      vocabularySize: given.vocabulary, contextLength: 64, rotarySize: given.rotary)
    configuration.normalization = given.norm == "layer" ? .layer : .rootMeanSquare
    configuration.activation = given.activation == "silu" ? .silu : .gelu
    configuration.epsilon = given.epsilon
    configuration.rotaryBase = given.base
    configuration.rotaryAdjacent = given.adjacent
    configuration.isGated = given.gated
    configuration.isParallel = given.parallel
    configuration.embeddingScale = given.scale
    configuration.window = given.window > 0 ? given.window : nil
    configuration.windowPattern = given.pattern
    configuration.windowRotaryBase = given.windowBase > 0 ? given.windowBase : nil
    return try DecoderModel(
      configuration, weights: DecoderWeights(TinyDecoder.tensors(test.shapes)))
  }

  private static let families = ["gemma3", "llama", "phi2", "phi3", "qwen2", "qwen3"]

  @Test("Logits are those of the reference", arguments: families)
  func logits(family: String) throws {
    let fixture = try Fixture.load()
    let test = try #require(fixture.cases[family])
    let logits = try model(family, test).logits(after: [fixture.tokens, fixture.tokens]).floats()
    #expect(logits.count == 2 * test.logits.count)
    for (got, wanted) in zip(logits, test.logits + test.logits) {
      #expect(abs(got - wanted) < 2e-5, "\(got), the reference has \(wanted)")
    }
  }

  @Test(
    "A low-rank change gives the reference's loss and slopes, with blocks recomputed and without",
    arguments: families, [false, true])
  func slopes(family: String, recomputes: Bool) throws {
    let fixture = try Fixture.load()
    let test = try #require(fixture.cases[family])
    let model = try model(family, test)
    var shapes: [String: [Int]] = [:]
    for (name, shape) in test.shapes where name.hasPrefix("blk.") && shape.count == 2 {
      shapes[name + ".lora_a"] = [fixture.rank, shape[1]]
      shapes[name + ".lora_b"] = [shape[0], fixture.rank]
    }
    let adapter = LowRankAdapter(
      scale: fixture.scale, parameters: ParameterTree(try TinyDecoder.tensors(shapes)))
    let result = try adapter.parameters.valueAndGradient { tree in
      let states = try model.hiddenStates(
        of: [fixture.tokens], adapter: adapter.replacing(tree), recomputes: recomputes)
      let rows = try model.normalized(states.taking(fixture.places))
      return try model.logits(of: rows).crossEntropy(targets: fixture.targets).reduced(.mean)
    }
    #expect(abs(Double(try result.value.number()) - test.changedLoss) < 1e-5)
    #expect(result.gradient.names.count == test.slopes.count)
    for (name, wanted) in test.slopes {
      let slope = Double(try #require(result.gradient[name]).floats()[3])
      #expect(abs(slope - wanted) < 1e-4, "\(name): \(slope), the reference has \(wanted)")
    }
  }
}
