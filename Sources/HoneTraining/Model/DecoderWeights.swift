// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama
import HoneMLX

/// A causal language model's weights, by their names in GGUF files.
public struct DecoderWeights: Sendable {
  private let tensors: [String: Tensor]

  /// Creates weights from tensors at hand.
  public init(_ tensors: [String: Tensor]) {
    self.tensors = tensors
  }

  /// The tensor of a name, or nil.
  public subscript(name: String) -> Tensor? { tensors[name] }

  /// The names that there are.
  public var names: Set<String> { Set(tensors.keys) }

  /// The tensor of a name.
  /// - Throws: ``TrainingError`` of kind `missingTensor`.
  func need(_ name: String) throws(TrainingError) -> Tensor {
    guard let tensor = tensors[name] else {
      throw TrainingError(.missingTensor, "The model has no tensor named \(name).")
    }
    return tensor
  }

  /// Reads all weights of a file in 32 bits each.
  /// - Throws: `ModelError` or `TensorError` when they cannot be read or held.
  public static func reading(_ file: WeightFile) throws -> DecoderWeights {
    var tensors: [String: Tensor] = [:]
    for name in file.names {
      guard let shape = file.shape(of: name) else { continue }
      tensors[name] = try Tensor(try file.weights(of: name), shape: shape)
    }
    return DecoderWeights(tensors)
  }
}
