// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneMLX

/// Low-rank changes to a model's weights: W becomes W + scale · B · A.
///
/// The parameters of layer `blk.0.attn_q.weight` are `blk.0.attn_q.weight.lora_a`, `[rank, inputs]`,
/// and `blk.0.attn_q.weight.lora_b`, `[outputs, rank]`.
public struct LowRankAdapter: Sendable {
  /// What the changes are multiplied with.
  public let scale: Double
  /// The matrices.
  public private(set) var parameters: ParameterTree

  /// Creates an adapter of matrices at hand.
  public init(scale: Double, parameters: ParameterTree) {
    self.scale = scale
    self.parameters = parameters
  }

  /// Draws an adapter that changes nothing yet: A is drawn as PEFT draws it, B is zero.
  /// - Throws: ``TrainingError`` of kind `badSettings` for a rank or layers that cannot be.
  public init(
    _ settings: LowRankSettings, for model: DecoderModel, seed: UInt64
  ) throws {
    let layers = try settings.chosen(of: model)
    var tensors: [String: Tensor] = [:]
    for block in 0..<model.configuration.blocks {
      for layer in layers {
        let name = "blk.\(block).\(layer.name).weight"
        // Uniform within ±1/√inputs, each layer from a stream of its own.
        var generator = SeededGenerator(seed: seed, stream: name)
        let bound = 1 / Double(layer.inputs).squareRoot()
        let values = (0..<(settings.rank * layer.inputs)).map { _ in
          Float((generator.nextUnit() * 2 - 1) * bound)
        }
        tensors[name + ".lora_a"] = try Tensor(values, shape: [settings.rank, layer.inputs])
        tensors[name + ".lora_b"] = try Tensor(
          filledWith: 0, shape: [layer.outputs, settings.rank])
      }
    }
    self.init(scale: settings.scale, parameters: ParameterTree(tensors))
  }

  /// The same adapter with other matrices.
  public func replacing(_ parameters: ParameterTree) -> LowRankAdapter {
    LowRankAdapter(scale: scale, parameters: parameters)
  }

  /// The matrices that change a layer; nil when it does not change.
  func change(of layer: String) -> (a: Tensor, b: Tensor)? {
    guard let a = parameters[layer + ".lora_a"], let b = parameters[layer + ".lora_b"] else {
      return nil
    }
    return (a, b)
  }
}

extension LowRankSettings {
  /// The chosen layers of a block.
  func chosen(
    of model: DecoderModel
  ) throws(TrainingError) -> [(name: String, outputs: Int, inputs: Int)] {
    let all = model.configuration.linearShapes(fused: model.weights.names)
    guard rank > 0, rank <= model.configuration.hiddenSize, alpha > 0, alpha.isFinite else {
      throw TrainingError(
        .badSettings,
        "A low-rank change of rank \(rank) and alpha \(alpha) cannot be; choose a rank"
          + " in 1…\(model.configuration.hiddenSize) and a positive alpha.")
    }
    guard let layers else { return all }
    let known = all.map(\.name)
    guard !layers.isEmpty, layers.allSatisfy(known.contains) else {
      throw TrainingError(
        .badSettings,
        "The layers \(layers.joined(separator: ", ")) were chosen; the model has"
          + " \(known.joined(separator: ", ")).")
    }
    return all.filter { layers.contains($0.name) }
  }
}
