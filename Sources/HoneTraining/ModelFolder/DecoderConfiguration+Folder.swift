// SPDX-License-Identifier: Apache-2.0

extension DecoderConfiguration {
  /// The families by their names in `config.json`, with their names in GGUF files.
  static let folderFamilies = [
    "llama": "llama", "qwen2": "qwen2", "qwen3": "qwen3", "gemma": "gemma",
    "gemma3_text": "gemma3", "phi": "phi2", "phi3": "phi3",
  ]

  /// Reads what a model's `config.json` states.
  /// - Throws: ``TrainingError`` of kind `unknownArchitecture` for a family or settings that are not
  ///   computed here, `badModel` for what is missing, `wrongShape` for what does not go together.
  init(_ file: ConfigurationFile) throws(TrainingError) {
    let type = file.text("model_type") ?? "none"
    guard let family = Self.folderFamilies[type] else {
      throw TrainingError(
        .unknownArchitecture,
        "\(file.path) is of a model of the family “\(type.prefix(60))”; those of"
          + " \(Self.folderFamilies.keys.sorted().joined(separator: ", ")) can be read.")
    }
    let hidden = try file.need("hidden_size")
    let heads = try file.need("num_attention_heads")
    let headSize = file.whole("head_dim") ?? hidden / max(1, heads)
    self.init(
      architecture: family, blocks: try file.need("num_hidden_layers"), hiddenSize: hidden,
      heads: heads, keyHeads: file.whole("num_key_value_heads") ?? heads, headSize: headSize,
      innerSize: try file.need("intermediate_size"), vocabularySize: try file.need("vocab_size"),
      contextLength: try file.need("max_position_embeddings"), rotarySize: headSize)
    rotaryBase = Float(
      file.number("rope_theta") ?? file.number("rope_parameters.rope_theta") ?? 10_000)
    epsilon = Float(file.number("rms_norm_eps") ?? file.number("layer_norm_eps") ?? 1e-5)
    let share = file.number("partial_rotary_factor") ?? 1
    guard share > 0, share <= 1 else {
      throw TrainingError(.wrongShape, "\(file.path) rotates \(share) of each head.")
    }
    rotarySize = Int((Double(headSize) * share).rounded(.down))
    // The weights of this family are put into the order of GGUF files, where neighbours turn together.
    rotaryAdjacent = family == "llama"
    rotaryFactors =
      try file.rotaryScaling()?.factors(size: rotarySize, base: Double(rotaryBase)) ?? []
    adapt(to: file)
    try check(file)
  }

  private mutating func adapt(to file: ConfigurationFile) {
    switch architecture {
    case "gemma", "gemma3":
      activation = .gelu
      embeddingScale = Float(hiddenSize).squareRoot()
      if architecture == "gemma3" {
        window = file.whole("sliding_window")
        windowPattern = file.whole("sliding_window_pattern") ?? 6
        windowRotaryBase = Float(file.number("rope_local_base_freq") ?? 10_000)
      }
    case "phi2":
      normalization = .layer
      activation = .gelu
      isGated = false
      isParallel = true
    case "phi3":
      window = file.whole("sliding_window")
    default: break
    }
  }

  private func check(_ file: ConfigurationFile) throws(TrainingError) {
    guard keyHeads > 0, heads % keyHeads == 0, headSize > 0, headSize <= 1 << 16,
      rotarySize > 0, rotarySize % 2 == 0, heads <= 1 << 16, blocks <= 1 << 12
    else {
      throw TrainingError(
        .wrongShape,
        "\(file.path) states \(blocks) blocks, \(heads) heads, \(keyHeads) for keys, of size"
          + " \(headSize), \(rotarySize) of it rotated: these do not go together.")
    }
    if file.truth("use_sliding_window") == true {
      throw TrainingError(
        .unknownArchitecture,
        "\(file.path) asks for windows of attention in a way not computed here.")
    }
    if file.whole("num_local_experts") ?? file.whole("num_experts") ?? 0 > 0 {
      throw TrainingError(.unknownArchitecture, "Mixtures of experts cannot be trained.")
    }
  }
}
