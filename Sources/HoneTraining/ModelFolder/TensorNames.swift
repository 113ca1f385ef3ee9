// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Which tensors of a folder become which of a GGUF file, and what is done to them on the way.
struct TensorNames: Sendable {
  /// What llama.cpp's own conversion does to numbers.
  enum Change: Sendable, Hashable {
    /// Nothing.
    case none
    /// One is added: the family's normalization multiplies with 1 + weight.
    case plusOne
    /// Rows of each head are put so that those that turn together are neighbours.
    case interleaved(heads: Int)
  }

  /// One tensor on its way.
  struct Weight: Sendable, Hashable {
    /// The name in GGUF files.
    var name: String
    /// The name in the folder.
    var source: String
    var change: Change

    /// The numbers and the shape.
    /// - Throws: ``TrainingError`` of kind `missingTensor`, `badModel` or `wrongShape`.
    func read(_ folder: ModelFolder) throws(TrainingError) -> (values: [Float], shape: [Int]) {
      var (values, shape) = try folder.tensor(source)
      switch change {
      case .none: break
      case .plusOne: for index in values.indices { values[index] += 1 }
      case .interleaved(let heads):
        values = try TensorNames.interleaved(values, shape: shape, heads: heads, name: source)
      }
      return (values, shape)
    }
  }

  private static let outer = [
    ("model.embed_tokens", "token_embd"), ("model.norm", "output_norm"),
    ("model.final_layernorm", "output_norm"), ("lm_head", "output"),
  ]
  private static let inner = [
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "self_attn.dense": "attn_output",
    "self_attn.qkv_proj": "attn_qkv", "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down", "mlp.gate_up_proj": "ffn_up", "mlp.fc1": "ffn_up",
    "mlp.fc2": "ffn_down", "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
  ]
  private static let afterParts = [
    "post_attention_layernorm": "post_attention_norm", "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
  ]

  /// All tensors, sorted by their names in GGUF files.
  let weights: [Weight]

  /// Finds the name of every tensor of a folder.
  /// - Throws: ``TrainingError`` of kind `unknownArchitecture` for a tensor that has no place.
  init(_ folder: ModelFolder) throws(TrainingError) {
    let configuration = folder.configuration
    var weights: [Weight] = []
    for source in folder.tensorNames where !Self.isPassedOver(source, folder) {
      guard let name = Self.name(of: source, in: configuration) else {
        throw TrainingError(
          .unknownArchitecture,
          "\(folder.url.path): the tensor \(source) has no place in models of the family"
            + " \(configuration.architecture).")
      }
      weights.append(
        Weight(name: name, source: source, change: Self.change(of: name, configuration)))
    }
    self.weights = weights.sorted { $0.name < $1.name }
  }

  /// Tensors that follow from others.
  private static func isPassedOver(_ source: String, _ folder: ModelFolder) -> Bool {
    source.hasSuffix("rotary_emb.inv_freq")
      || source == "lm_head.weight" && folder.statements.truth("tie_word_embeddings") == true
  }

  static func name(of source: String, in configuration: DecoderConfiguration) -> String? {
    for (prefix, name) in outer {
      for kind in [".weight", ".bias"] where source == prefix + kind { return name + kind }
    }
    let prefix = "model.layers."
    guard source.hasPrefix(prefix) else { return nil }
    let rest = source.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
    guard rest.count == 2, let block = Int(rest[0]), block >= 0, block < configuration.blocks,
      let dot = rest[1].lastIndex(of: "."),
      [".weight", ".bias"].contains(String(rest[1][dot...]))
    else { return nil }
    let part = String(rest[1][..<dot])
    let after = configuration.architecture == "gemma3" ? afterParts[part] : nil
    return (after ?? inner[part]).map { "blk.\(block).\($0)\(rest[1][dot...])" }
  }

  static func change(of name: String, _ configuration: DecoderConfiguration) -> Change {
    if configuration.architecture.hasPrefix("gemma"), name.hasSuffix("norm.weight") {
      return .plusOne
    }
    if configuration.architecture == "llama" {
      if name.contains(".attn_q.") { return .interleaved(heads: configuration.heads) }
      if name.contains(".attn_k.") { return .interleaved(heads: configuration.keyHeads) }
    }
    return .none
  }

  /// The rows of each head, of two halves, in turn from the first and the second.
  static func interleaved(
    _ values: [Float], shape: [Int], heads: Int, name: String
  ) throws(TrainingError) -> [Float] {
    guard let rows = shape.first, heads > 0, rows % (2 * heads) == 0 else {
      throw TrainingError(
        .wrongShape, "Tensor \(name) is \(shape), which cannot be divided into \(heads) heads.")
    }
    let half = rows / heads / 2
    let width = rows == 0 ? 0 : values.count / rows
    var result = [Float](repeating: 0, count: values.count)
    for head in 0..<heads {
      for place in 0..<half {
        for side in 0..<2 {
          let from = ((head * 2 + side) * half + place) * width
          let to = ((head * half + place) * 2 + side) * width
          result.replaceSubrange(to..<(to + width), with: values[from..<(from + width)])
        }
      }
    }
    return result
  }
}
