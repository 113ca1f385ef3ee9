// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// One block of a model at work on a batch.
struct DecoderBlock {
  let model: DecoderModel
  let block: Int
  let batch: Int
  let length: Int
  /// What hides positions ahead and beyond the window; nil where hiding what is ahead is enough.
  let mask: Tensor?

  init(model: DecoderModel, block: Int, batch: Int, length: Int) throws(TensorError) {
    self.model = model
    self.block = block
    self.batch = batch
    self.length = length
    if let window = model.configuration.windowSize(ofBlock: block), length > window {
      mask = try Self.mask(length: length, window: window)
    } else {
      mask = nil
    }
  }

  private var configuration: DecoderConfiguration { model.configuration }

  private func name(_ part: String) -> String { "blk.\(block).\(part)" }

  /// The block's output, `[batch · length, hiddenSize]`.
  func output(of states: Tensor, adapter: LowRankAdapter?) throws -> Tensor {
    let normalized = try model.normalized(states, by: name("attn_norm"))
    var attended = try attention(normalized, adapter)
    if configuration.isParallel {
      return try states + attended + inner(normalized, adapter)
    }
    attended = try normalizedIfNamed(attended, "post_attention_norm")
    let middle = try states + attended
    let result = try inner(model.normalized(middle, by: name("ffn_norm")), adapter)
    return try middle + normalizedIfNamed(result, "post_ffw_norm")
  }

  /// The same, with only the input kept for the gradient.
  func recomputed(_ states: Tensor, adapter: LowRankAdapter?) throws -> Tensor {
    let prefix = name("")
    let names = adapter?.parameters.names.filter { $0.hasPrefix(prefix) } ?? []
    let own = names.compactMap { adapter?.parameters[$0] }
    return try Checkpoint.recomputing([states] + own) { given in
      let tree = ParameterTree(Dictionary(uniqueKeysWithValues: zip(names, given.dropFirst())))
      return try output(of: given[0], adapter: adapter?.replacing(tree))
    }
  }

  private func linear(_ input: Tensor, _ part: String, _ adapter: LowRankAdapter?) throws -> Tensor
  {
    try linear(input, [part], adapter)[0]
  }

  /// The outputs of layers that read one input; together, as their gradients by it are one sum.
  private func linear(
    _ input: Tensor, _ parts: [String], _ adapter: LowRankAdapter?
  ) throws -> [Tensor] {
    let names = parts.map { name($0) + ".weight" }
    let outputs = try input.linear(
      names.map { ChangedLinear(try model.weights.need($0), change: adapter?.change(of: $0)) },
      scale: Float(adapter?.scale ?? 1))
    return try zip(parts, outputs).map { part, output in
      guard let bias = model.weights[name(part) + ".bias"] else { return output }
      return try output + bias
    }
  }

  private func normalizedIfNamed(_ states: Tensor, _ part: String) throws -> Tensor {
    guard model.weights[name(part) + ".weight"] != nil else { return states }
    return try model.normalized(states, by: name(part))
  }

  private func attention(_ states: Tensor, _ adapter: LowRankAdapter?) throws -> Tensor {
    let querySize = configuration.heads * configuration.headSize
    let keySize = configuration.keyHeads * configuration.headSize
    let queries: Tensor
    let keys: Tensor
    let values: Tensor
    if model.weights[name("attn_qkv.weight")] != nil {
      let all = try linear(states, "attn_qkv", adapter)
      queries = try all.part(0..<querySize, axis: 1)
      keys = try all.part(querySize..<(querySize + keySize), axis: 1)
      values = try all.part((querySize + keySize)..<(querySize + 2 * keySize), axis: 1)
    } else {
      let all = try linear(states, ["attn_q", "attn_k", "attn_v"], adapter)
      (queries, keys, values) = (all[0], all[1], all[2])
    }
    let attended = try Tensor.attention(
      queries: rotated(heads(queries, configuration.heads), norm: "attn_q_norm"),
      keys: rotated(heads(keys, configuration.keyHeads), norm: "attn_k_norm"),
      values: heads(values, configuration.keyHeads),
      scale: 1 / Float(configuration.headSize).squareRoot(), mask: mask)
    let rows = try attended.transposed([0, 2, 1, 3]).reshaped([batch * length, querySize])
    return try linear(rows, "attn_output", adapter)
  }

  /// `[batch · length, heads · size]` as `[batch, heads, length, size]`.
  private func heads(_ states: Tensor, _ count: Int) throws -> Tensor {
    try states.reshaped([batch, length, count, configuration.headSize]).transposed([0, 2, 1, 3])
  }

  private func rotated(_ heads: Tensor, norm: String) throws -> Tensor {
    var heads = heads
    if let weight = model.weights[name(norm) + ".weight"] {
      heads = try heads.rootMeanSquareNormalized(
        weight: weight, epsilon: configuration.epsilon)
    }
    if let wavelengths = configuration.wavelengths(ofBlock: block) {
      return try heads.rotated(
        wavelengths: Tensor(wavelengths, shape: [wavelengths.count]),
        adjacent: configuration.rotaryAdjacent)
    }
    return try heads.rotated(
      size: configuration.rotarySize, adjacent: configuration.rotaryAdjacent,
      base: configuration.rotaryBase(ofBlock: block))
  }

  private func inner(_ states: Tensor, _ adapter: LowRankAdapter?) throws -> Tensor {
    let size = configuration.innerSize
    guard configuration.isGated else {
      let up = try linear(states, "ffn_up", adapter)
      return try linear(activated(up), "ffn_down", adapter)
    }
    let gate: Tensor
    let up: Tensor
    if model.weights[name("ffn_gate.weight")] != nil {
      let both = try linear(states, ["ffn_gate", "ffn_up"], adapter)
      (gate, up) = (both[0], both[1])
    } else {
      let both = try linear(states, "ffn_up", adapter)
      gate = try both.part(0..<size, axis: 1)
      up = try both.part(size..<(2 * size), axis: 1)
    }
    let gated =
      try configuration.activation == .silu ? gate.gatedSilu(up) : activated(gate) * up
    return try linear(gated, "ffn_down", adapter)
  }

  private func activated(_ states: Tensor) throws -> Tensor {
    switch configuration.activation {
    case .silu: return try states * states.mapped(.sigmoid)
    case .gelu:
      let cubed = try states * states.mapped(.square)
      let inside = try (states + cubed * 0.044_715) * 0.797_884_560_802_865_4
      return try states * (inside.mapped(.hyperbolicTangent) + 1) * 0.5
    }
  }

  private static func mask(length: Int, window: Int) throws(TensorError) -> Tensor {
    var values = [Float](repeating: -.infinity, count: length * length)
    for row in 0..<length {
      for column in max(0, row - window + 1)...row { values[row * length + column] = 0 }
    }
    return try Tensor(values, shape: [length, length])
  }
}
