// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneLlama

extension DecoderConfiguration {
  /// The families that can be computed.
  public static let architectures = ["llama", "qwen2", "qwen3", "gemma", "gemma3", "phi2", "phi3"]

  /// Reads what a GGUF file states about its model.
  /// - Throws: ``TrainingError`` of kind `unknownArchitecture` for another family or for settings that
  ///   are not computed here, `wrongShape` for numbers that do not go together.
  public init(_ file: WeightFile) throws(TrainingError) {
    let family = file.architecture
    guard Self.architectures.contains(family) else {
      throw TrainingError(
        .unknownArchitecture,
        "Models of the family “\(family)” cannot be trained; those of"
          + " \(Self.architectures.joined(separator: ", ")) can.")
    }
    func number(_ key: String) throws(TrainingError) -> Int {
      guard let value = file.number("\(family).\(key)"), value > 0 else {
        throw TrainingError(
          .unknownArchitecture, "The model file states no whole number for \(family).\(key).")
      }
      return value
    }
    architecture = family
    blocks = try number("block_count")
    hiddenSize = try number("embedding_length")
    heads = try number("attention.head_count")
    keyHeads = file.number("\(family).attention.head_count_kv") ?? heads
    innerSize = try number("feed_forward_length")
    contextLength = try number("context_length")
    headSize = file.number("\(family).attention.key_length") ?? (hiddenSize / max(1, heads))
    rotarySize = file.number("\(family).rope.dimension_count") ?? headSize
    vocabularySize = file.shape(of: "token_embd.weight")?.first ?? 0
    rotaryBase = Float(file.decimal("\(family).rope.freq_base") ?? 10_000)
    epsilon = Float(
      file.decimal("\(family).attention.layer_norm_rms_epsilon")
        ?? file.decimal("\(family).attention.layer_norm_epsilon") ?? 1e-5)
    rotaryAdjacent = family == "llama"
    rotaryFactors = try Self.rotaryFactors(file, family: family, size: rotarySize)
    try adapt(to: file)
    try check(file)
  }

  private mutating func adapt(to file: WeightFile) throws(TrainingError) {
    switch architecture {
    case "gemma", "gemma3":
      activation = .gelu
      embeddingScale = Float(hiddenSize).squareRoot()
      if architecture == "gemma3" {
        window = file.number("gemma3.attention.sliding_window")
        windowPattern = 6
        windowRotaryBase = 10_000
      }
    case "phi2":
      normalization = .layer
      activation = .gelu
      isGated = false
      isParallel = true
    case "phi3":
      window = file.number("phi3.attention.sliding_window")
    default: break
    }
  }

  /// What the file states of longer wavelengths.
  private static func rotaryFactors(
    _ file: WeightFile, family: String, size: Int
  ) throws(TrainingError) -> [Float] {
    if file.shape(of: "rope_freqs.weight") != nil {
      do {
        return try file.weights(of: "rope_freqs.weight")
      } catch {
        throw TrainingError(.badModel, error.message)
      }
    }
    switch file.text("\(family).rope.scaling.type") ?? "none" {
    case "none": return []
    case "linear":
      let factor = file.decimal("\(family).rope.scaling.factor") ?? 1
      guard factor.isFinite, factor > 0 else {
        throw TrainingError(
          .unknownArchitecture, "The model file stretches rotary positions by \(factor).")
      }
      return RotaryScaling.linear(factor: factor).factors(size: size, base: 1)
    case let scaling:
      throw TrainingError(
        .unknownArchitecture, "Rotary positions scaled by “\(scaling)” are not computed here.")
    }
  }

  private func check(_ file: WeightFile) throws(TrainingError) {
    guard keyHeads > 0, heads % keyHeads == 0, rotarySize % 2 == 0, rotarySize <= headSize,
      heads <= 1 << 16, headSize <= 1 << 16, vocabularySize > 0
    else {
      throw TrainingError(
        .wrongShape,
        "The model file states \(heads) heads, \(keyHeads) for keys, of size \(headSize),"
          + " \(rotarySize) of it rotated, and \(vocabularySize) tokens: these do not go together.")
    }
    guard rotaryFactors.isEmpty || rotaryFactors.count == rotarySize / 2 else {
      throw TrainingError(
        .wrongShape,
        "The model file stretches \(rotaryFactors.count) wavelengths; heads turn \(rotarySize / 2)"
          + " pairs.")
    }
    let name = "rope_factors_long.weight"
    if file.shape(of: name) != nil {
      throw TrainingError(
        .unknownArchitecture,
        "The model changes its rotary positions by \(name), which is not computed here.")
    }
    if file.number("\(architecture).expert_count") ?? 0 > 0 {
      throw TrainingError(.unknownArchitecture, "Mixtures of experts cannot be trained.")
    }
  }
}
