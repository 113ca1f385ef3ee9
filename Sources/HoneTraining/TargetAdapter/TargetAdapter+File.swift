// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama
import HoneMLX

extension TargetAdapter {
  private static let kind = "hone-target"

  /// Keeps the adapter, its head in 16 bits: 57 MB with the default model.
  /// - Throws: ``TrainingError`` of kind `disk`.
  public func write(to file: URL, prompter: String, target: String) throws {
    var writer = GGUFWriter()
    writer.state("general.architecture", .text(Self.kind))
    writer.state("hone.prompter", .text(prompter))
    writer.state("hone.target", .text(target))
    for name in parameters.names {
      guard let tensor = parameters[name] else { continue }
      writer.add(
        name, shape: tensor.shape, values: try tensor.floats(),
        isHalf: name == Self.headName)
    }
    do {
      try writer.write(to: file)
    } catch {
      throw TrainingError(
        .disk, "\(file.path) could not be written: \(error.localizedDescription)")
    }
  }

  /// Reads an adapter.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` or `wrongShape`.
  public init(reading file: URL) throws {
    try self.init(parameters: TensorFile(reading: file, kind: Self.kind).tensors)
  }

  /// Writes the model with the adapter in it, as a GGUF file that llama.cpp runs.
  ///
  /// What the layer's bias adds to the logits has no place in such a file; it is returned, one
  /// number a token, and goes to `LlamaModel`.
  /// - Throws: ``TrainingError`` of kind `disk`, or `ModelError` when the model cannot be read.
  public func writeModel(merging base: URL, to file: URL) throws -> [Float] {
    let (head, bias) = try merged()
    let extended = try WeightFile(file: base).replacing(
      "output.weight", shape: head.shape, values: head.floats())
    do {
      try extended.write(to: file, options: .atomic)
    } catch {
      throw TrainingError(
        .disk, "\(file.path) could not be written: \(error.localizedDescription)")
    }
    return bias
  }
}
