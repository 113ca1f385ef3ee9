// SPDX-License-Identifier: Apache-2.0

extension DecoderConfiguration {
  /// The names of a block's linear layers, without their block, with outputs and inputs.
  ///
  /// - Parameter names: The names of the tensors that there are: some families keep the projections
  ///   of queries, keys and values in one tensor, and gate and values too.
  /// - Returns: The layers in the order in which they are computed.
  func linearShapes(fused names: Set<String>) -> [(name: String, outputs: Int, inputs: Int)] {
    let querySize = heads * headSize
    let keySize = keyHeads * headSize
    var layers: [(String, Int, Int)] = []
    if names.contains("blk.0.attn_qkv.weight") {
      layers.append(("attn_qkv", querySize + 2 * keySize, hiddenSize))
    } else {
      layers.append(("attn_q", querySize, hiddenSize))
      layers.append(("attn_k", keySize, hiddenSize))
      layers.append(("attn_v", keySize, hiddenSize))
    }
    layers.append(("attn_output", hiddenSize, querySize))
    if isGated, !names.contains("blk.0.ffn_gate.weight") {
      layers.append(("ffn_up", 2 * innerSize, hiddenSize))
    } else {
      if isGated { layers.append(("ffn_gate", innerSize, hiddenSize)) }
      layers.append(("ffn_up", innerSize, hiddenSize))
    }
    layers.append(("ffn_down", hiddenSize, innerSize))
    return layers.map { (name: $0.0, outputs: $0.1, inputs: $0.2) }
  }

  /// The tensors that a model needs, with their shapes.
  func tensorShapes(fused names: Set<String>) -> [(String, [Int])] {
    var shapes: [(String, [Int])] = [
      ("token_embd.weight", [vocabularySize, hiddenSize]), ("output_norm.weight", [hiddenSize]),
    ]
    for block in 0..<blocks {
      shapes.append(("blk.\(block).attn_norm.weight", [hiddenSize]))
      if !isParallel { shapes.append(("blk.\(block).ffn_norm.weight", [hiddenSize])) }
      for layer in linearShapes(fused: names) {
        shapes.append(("blk.\(block).\(layer.name).weight", [layer.outputs, layer.inputs]))
      }
    }
    return shapes
  }
}
