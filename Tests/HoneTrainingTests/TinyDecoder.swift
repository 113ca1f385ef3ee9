// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX

@testable import HoneTraining

/// Tiny models whose weights follow from the formula of `Scripts/make-decoder-fixtures.py`.
enum TinyDecoder {
  /// Tensors of the given shapes, filled by the formula.
  static func tensors(_ shapes: [String: [Int]]) throws -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    for (order, name) in shapes.keys.sorted().enumerated() {
      let shape = shapes[name] ?? []
      let values = (0..<shape.reduce(1, *)).map { place in
        let value = 0.4 * sin(0.37 * Double(order) + 0.91 * Double(place) + 0.5)
        return Float(name.hasSuffix("norm.weight") ? 1 + 0.5 * value : value)
      }
      tensors[name] = try Tensor(values, shape: shape)
    }
    return tensors
  }

  /// The configuration of a model of the Llama family with 11 tokens.
  static var configuration: DecoderConfiguration {
    DecoderConfiguration(
      architecture: "llama", blocks: 2, hiddenSize: 8, heads: 2, keyHeads: 1, headSize: 4,
      innerSize: 12, vocabularySize: 11, contextLength: 32, rotaryBase: 100, rotarySize: 4)
  }

  /// The tensors that it needs.
  static func weights() throws -> [String: Tensor] {
    try tensors(
      Dictionary(uniqueKeysWithValues: configuration.tensorShapes(fused: ["blk.0.ffn_gate.weight"]))
    )
  }

  /// A model of the Llama family.
  static func model() throws -> DecoderModel {
    try DecoderModel(configuration, weights: DecoderWeights(weights()))
  }

  /// Texts in which each token follows from the one before.
  static func sequences(_ count: Int, from first: Int = 0) -> [TokenSequence] {
    (first..<(first + count)).map { index in
      var tokens = [Int32(index % 11)]
      for _ in 0..<(5 + index % 3) { tokens.append((tokens[tokens.count - 1] * 2 + 1) % 11) }
      return TokenSequence(tokens: tokens, promptCount: 2)
    }
  }
}
