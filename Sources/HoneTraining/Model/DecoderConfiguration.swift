// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What distinguishes one causal language model from another of the same building blocks.
public struct DecoderConfiguration: Sendable, Hashable {
  /// How values are brought to one scale.
  public enum Normalization: Sendable, Hashable {
    /// By the root of their mean square.
    case rootMeanSquare
    /// By their mean and deviation.
    case layer
  }

  /// What the gate of a block goes through.
  public enum Activation: Sendable, Hashable {
    /// x · sigmoid(x).
    case silu
    /// The Gaussian error unit in its form with a hyperbolic tangent.
    case gelu
  }

  /// The family's name in GGUF files.
  public var architecture: String
  /// The number of blocks.
  public var blocks: Int
  /// The size of hidden states.
  public var hiddenSize: Int
  /// The heads of the queries.
  public var heads: Int
  /// The heads of keys and values.
  public var keyHeads: Int
  /// The size of a head.
  public var headSize: Int
  /// The size inside a block's second part.
  public var innerSize: Int
  /// The number of tokens in the vocabulary.
  public var vocabularySize: Int
  /// The longest text in tokens.
  public var contextLength: Int
  /// How values are normalized.
  public var normalization = Normalization.rootMeanSquare
  /// Added to the mean square in normalization.
  public var epsilon: Float = 1e-5
  /// The base of the rotary positions' wavelengths.
  public var rotaryBase: Float = 10_000
  /// How many values of a head are turned by its position.
  public var rotarySize: Int
  /// Whether neighbours are turned together, not values half of ``rotarySize`` apart.
  public var rotaryAdjacent = true
  /// How much longer each pair's wavelength is than the base says; empty where none is.
  public var rotaryFactors: [Float] = []
  /// What a gate goes through.
  public var activation = Activation.silu
  /// Whether a block's second part has a gate.
  public var isGated = true
  /// Whether a block's two parts both read its input.
  public var isParallel = false
  /// What embeddings are multiplied with.
  public var embeddingScale: Float = 1
  /// How far attention sees back in the blocks that have a window, or nil.
  public var window: Int?
  /// Every so many blocks one has no window; 0 when all have one.
  public var windowPattern = 0
  /// The base of the wavelengths in blocks with a window.
  public var windowRotaryBase: Float?

  /// Whether a block's attention sees only so far back.
  func windowSize(ofBlock block: Int) -> Int? {
    guard let window else { return nil }
    return windowPattern > 0 && (block + 1) % windowPattern == 0 ? nil : window
  }

  /// The base of the wavelengths in a block.
  func rotaryBase(ofBlock block: Int) -> Float {
    windowSize(ofBlock: block) != nil ? windowRotaryBase ?? rotaryBase : rotaryBase
  }

  /// The wavelengths of a block's pairs where the base alone does not tell them.
  func wavelengths(ofBlock block: Int) -> [Float]? {
    guard !rotaryFactors.isEmpty, windowSize(ofBlock: block) == nil || windowRotaryBase == nil
    else { return nil }
    let base = Double(rotaryBase(ofBlock: block))
    return rotaryFactors.enumerated().map { pair, factor in
      Float(pow(base, Double(2 * pair) / Double(rotarySize))) * factor
    }
  }
}
