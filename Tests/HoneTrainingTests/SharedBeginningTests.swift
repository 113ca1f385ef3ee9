// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("What texts of a batch begin with is computed once")
struct SharedBeginningTests {
  private let texts = [
    TokenSequence(tokens: [1, 2, 3, 4, 5, 6, 7, 8], promptCount: 6),
    TokenSequence(tokens: [1, 2, 3, 4, 5, 9, 2], promptCount: 6),
    TokenSequence(tokens: [1, 2, 3, 4, 5, 6, 0, 10, 3, 2, 1], promptCount: 7),
  ]

  @Test("Only tokens before the last of every prompt are shared")
  func counted() {
    let batch = TokenBatch(texts)
    #expect(batch.shared == [1, 2, 3, 4, 5])
    #expect(batch.inputs == [[6, 7, 0, 0, 0], [9, 0, 0, 0, 0], [6, 0, 10, 3, 2]])
    #expect(batch.targets == [7, 8, 2, 10, 3, 2, 1])
    #expect(batch.places == [5, 6, 10, 16, 17, 18, 19])
    #expect(TokenBatch([texts[0]]).shared.isEmpty)
    let short = TokenSequence(tokens: [1, 2, 3, 4, 5], promptCount: 4)
    #expect(TokenBatch([texts[0], short]).shared.isEmpty)
    let other = TokenSequence(tokens: [1, 2, 4, 4, 5, 6, 7], promptCount: 6)
    #expect(TokenBatch([texts[0], other]).shared.isEmpty)
  }

  /// A window shorter than the texts, stretched positions, halves that turn together, or none of it.
  private static func configuration(_ kind: String) -> DecoderConfiguration {
    var configuration = TinyDecoder.configuration
    switch kind {
    case "window":
      configuration.window = 3
      configuration.windowPattern = 2
      configuration.windowRotaryBase = 10
    case "stretched": configuration.rotaryFactors = [1, 4]
    case "halves": configuration.rotaryAdjacent = false
    default: break
    }
    return configuration
  }

  @Test(
    "The loss and its gradient are those of texts alone",
    arguments: ["plain", "window", "stretched", "halves"], [false, true])
  func same(kind: String, recomputes: Bool) throws {
    let model = try DecoderModel(
      Self.configuration(kind), weights: DecoderWeights(TinyDecoder.weights()))
    let adapter = try LowRankAdapter(LowRankSettings(rank: 2), for: model, seed: 3)
    var generator = SeededGenerator(seed: 5)
    // The second factors begin at 0, where the first have no gradient.
    var tensors: [String: Tensor] = [:]
    for name in adapter.parameters.names {
      let tensor = try #require(adapter.parameters[name])
      let count = tensor.shape.reduce(1, *)
      tensors[name] = try Tensor(
        (0..<count).map { _ in Float(generator.nextUnit() - 0.5) }, shape: tensor.shape)
    }
    let parameters = ParameterTree(tensors)
    func gradient(_ batches: [TokenBatch]) throws -> (Float, [[Float]]) {
      let step = try parameters.valueAndGradient { tree in
        var sum = try Tensor(filledWith: 0, shape: [])
        for batch in batches {
          sum =
            try sum
            + model.loss(of: batch, adapter: adapter.replacing(tree), recomputes: recomputes)
        }
        return sum
      }
      return (
        try step.value.number(), try parameters.names.map { try step.gradient[$0]?.floats() ?? [] }
      )
    }
    let together = try gradient([TokenBatch(texts)])
    let alone = try gradient(texts.map { TokenBatch([$0]) })
    #expect(abs(together.0 - alone.0) < 1e-4 * abs(alone.0))
    for (found, expected) in zip(together.1, alone.1) {
      #expect(!expected.isEmpty)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 + 1e-3 * abs($1) })
    }
  }
}
