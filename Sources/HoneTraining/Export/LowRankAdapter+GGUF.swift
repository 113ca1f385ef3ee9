// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama
import HoneMLX

extension LowRankAdapter {
  /// Writes the changes as a GGUF adapter that llama.cpp applies to the model they were trained on.
  /// - Throws: ``TrainingError`` of kind `disk`.
  public func write(to file: URL, architecture: String) throws {
    let rank = parameters.values.first?.shape.first ?? 1
    var writer = GGUFWriter()
    writer.state("general.architecture", .text(architecture))
    writer.state("general.type", .text("adapter"))
    writer.state("adapter.type", .text("lora"))
    // llama.cpp multiplies changes with alpha / rank.
    writer.state("adapter.lora.alpha", .decimal(Float(scale * Double(rank))))
    for name in parameters.names {
      guard let tensor = parameters[name] else { continue }
      writer.add(name, shape: tensor.shape, values: try tensor.floats())
    }
    do {
      try writer.write(to: file)
    } catch {
      throw TrainingError(
        .disk, "\(file.path) could not be written: \(error.localizedDescription)")
    }
  }

  /// Reads an adapter, and checks it against the model that it is to change.
  /// - Throws: ``TrainingError`` of kind `badCheckpoint` or `wrongShape`.
  public init(reading file: URL, for model: DecoderModel) throws {
    let source = try WeightFile(file: file)
    guard source.text("adapter.type") == "lora", let alpha = source.decimal("adapter.lora.alpha")
    else {
      throw TrainingError(.badCheckpoint, "\(file.path) is no adapter of low-rank changes.")
    }
    var tensors: [String: Tensor] = [:]
    for name in source.names {
      guard let shape = source.shape(of: name) else { continue }
      tensors[name] = try Tensor(try source.weights(of: name), shape: shape)
    }
    let tree = ParameterTree(tensors)
    guard
      let rank = tree.names.first(where: { $0.hasSuffix(".lora_a") }).flatMap({ tree[$0] })?
        .shape.first, rank > 0
    else { throw TrainingError(.badCheckpoint, "\(file.path) holds no changes.") }
    self.init(scale: alpha / Double(rank), parameters: tree)
    try check(against: model)
  }

  /// Checks that every change fits the weights it is of.
  func check(against model: DecoderModel) throws(TrainingError) {
    for name in parameters.names where name.hasSuffix(".lora_a") {
      let layer = String(name.dropLast(".lora_a".count))
      let weight = try model.weights.need(layer).shape
      guard let a = parameters[name]?.shape, let b = parameters[layer + ".lora_b"]?.shape,
        a.count == 2, b.count == 2, weight == [b[0], a[1]], a[0] == b[1]
      else {
        throw TrainingError(
          .wrongShape, "The changes of \(layer) do not fit its weights, which are \(weight).")
      }
    }
  }
}
