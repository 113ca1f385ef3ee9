// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama

extension ModelFolder {
  /// Writes the model with its tokenizer as a GGUF file that llama.cpp runs, matrices in 16 bits.
  ///
  /// One tensor is held at a time. Tokenizers of pairs can be written, of bytes and of SentencePiece's
  /// kind.
  /// - Throws: ``TrainingError`` of kind `badModel` for a tokenizer of another kind, `missingTensor`,
  ///   `wrongShape`, or `disk`.
  public func writeModel(to file: URL) throws {
    let tokenizer = try TokenizerFile(url.appending(path: "tokenizer.json"))
    guard tokenizer.tokens.count <= configuration.vocabularySize else {
      throw TrainingError(
        .badModel,
        "\(url.path): the tokenizer has \(tokenizer.tokens.count) tokens, the model"
          + " \(configuration.vocabularySize); take a GGUF file of the model.")
    }
    var writer = GGUFWriter()
    try state(in: &writer)
    try state(tokenizer, in: &writer)
    let weights = try TensorNames(self).weights
    for (name, shape) in configuration.tensorShapes(fused: Set(weights.map(\.name))) {
      guard let weight = weights.first(where: { $0.name == name }) else {
        throw TrainingError(.missingTensor, "\(url.path) has no tensor for \(name).")
      }
      let found = self.shape(of: weight.source) ?? []
      guard found == shape else {
        throw TrainingError(
          .wrongShape, "Tensor \(weight.source) is \(found), the model needs \(shape).")
      }
    }
    var sources = weights.map { weight in
      let shape = self.shape(of: weight.source) ?? []
      return GGUFWriter.Source(name: weight.name, shape: shape, isHalf: shape.count > 1) {
        try weight.read(self).values
      }
    }
    if let factors = factorsInTensor {
      sources.append(
        GGUFWriter.Source(name: "rope_freqs.weight", shape: [factors.count], isHalf: false) {
          factors
        })
    }
    do {
      try writer.write(to: file, sources: sources)
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError(.disk, "\(file.path) could not be written: \(error.localizedDescription)")
    }
  }

  /// How rotary positions are stretched, where llama.cpp reads that from a tensor.
  private var factorsInTensor: [Float]? {
    let factors = configuration.rotaryFactors
    return configuration.architecture == "llama" && !factors.isEmpty ? factors : nil
  }

  /// What the file states about the model.
  private func state(in writer: inout GGUFWriter) throws(TrainingError) {
    let family = configuration.architecture
    func number(_ key: String, _ value: Int) {
      writer.state("\(family).\(key)", .number(UInt32(clamping: value)))
    }
    writer.state("general.architecture", .text(family))
    writer.state("general.name", .text(url.lastPathComponent))
    number("block_count", configuration.blocks)
    number("context_length", configuration.contextLength)
    number("embedding_length", configuration.hiddenSize)
    number("feed_forward_length", configuration.innerSize)
    number("attention.head_count", configuration.heads)
    number("attention.head_count_kv", configuration.keyHeads)
    number("attention.key_length", configuration.headSize)
    number("attention.value_length", configuration.headSize)
    number("rope.dimension_count", configuration.rotarySize)
    number("vocab_size", configuration.vocabularySize)
    if let window = configuration.window { number("attention.sliding_window", window) }
    writer.state("\(family).rope.freq_base", .decimal(configuration.rotaryBase))
    if !configuration.rotaryFactors.isEmpty, factorsInTensor == nil {
      guard Set(configuration.rotaryFactors).count == 1 else {
        throw TrainingError(
          .unknownArchitecture,
          "\(url.path): models of the family \(family) cannot be run with rotary positions that are"
            + " stretched by wavelength.")
      }
      writer.state("\(family).rope.scaling.type", .text("linear"))
      writer.state("\(family).rope.scaling.factor", .decimal(configuration.rotaryFactors[0]))
    }
    let epsilon =
      configuration.normalization == .layer ? "layer_norm_epsilon" : "layer_norm_rms_epsilon"
    writer.state("\(family).attention.\(epsilon)", .decimal(configuration.epsilon))
  }
}
