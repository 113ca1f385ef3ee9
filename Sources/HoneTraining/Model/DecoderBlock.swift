// SPDX-License-Identifier: Apache-2.0

import HoneMLX

/// One block of a model at work on a batch.
struct DecoderBlock {
  let model: DecoderModel
  let block: Int
  let layout: RowLayout
  /// What hides positions ahead and beyond the window from the texts and from their shared beginning;
  /// nil where hiding what is ahead is enough.
  private let mask: Tensor?
  private let sharedMask: Tensor?

  init(model: DecoderModel, block: Int, layout: RowLayout) throws(TensorError) {
    self.model = model
    self.block = block
    self.layout = layout
    let window = model.configuration.windowSize(ofBlock: block) ?? .max
    mask =
      layout.wholeLength > window
      ? try Self.mask(rows: layout.length, columns: layout.wholeLength, window: window) : nil
    sharedMask =
      layout.shared > window
      ? try Self.mask(rows: layout.shared, columns: layout.shared, window: window) : nil
  }

  private var configuration: DecoderConfiguration { model.configuration }

  private func name(_ part: String) -> String { "blk.\(block).\(part)" }

  /// The block's output, `[rows, hiddenSize]`.
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
    let rows = try attended(queries, keys, values)
    return try linear(rows, "attn_output", adapter)
  }

  /// What each row finds where it looks, `[rows, heads · size]`.
  private func attended(_ queries: Tensor, _ keys: Tensor, _ values: Tensor) throws -> Tensor {
    guard layout.shared > 0 else {
      return try found(
        rotated(heads(queries), norm: "attn_q_norm"), rotated(heads(keys), norm: "attn_k_norm"),
        heads(values), mask: mask)
    }
    // The beginning looks at itself, once; every text looks at it and at itself.
    let beginning = RowLayout(batch: 1, length: layout.shared)
    func first(_ states: Tensor) throws -> Tensor {
      try heads(states.part(0..<layout.shared, axis: 0), beginning)
    }
    func rest(_ states: Tensor) throws -> Tensor {
      try heads(states.part(layout.shared..<layout.rows, axis: 0))
    }
    func behind(_ shared: Tensor, _ own: Tensor) throws -> Tensor {
      let copies = [Tensor](repeating: shared, count: layout.batch)
      return try Tensor.joined([Tensor.joined(copies, axis: 0), own], axis: 2)
    }
    let sharedKeys = try rotated(first(keys), norm: "attn_k_norm")
    let sharedValues = try first(values)
    let seen = try found(
      rotated(first(queries), norm: "attn_q_norm"), sharedKeys, sharedValues, mask: sharedMask)
    let own = try found(
      rotated(rest(queries), norm: "attn_q_norm", from: layout.shared),
      behind(sharedKeys, rotated(rest(keys), norm: "attn_k_norm", from: layout.shared)),
      behind(sharedValues, rest(values)), mask: mask)
    return try Tensor.joined([seen, own], axis: 0)
  }

  /// Attention, its result as rows.
  private func found(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, mask: Tensor?
  ) throws -> Tensor {
    let attended = try Tensor.attention(
      queries: queries, keys: keys, values: values,
      scale: 1 / Float(configuration.headSize).squareRoot(), mask: mask)
    let shape = attended.shape
    return try attended.transposed([0, 2, 1, 3])
      .reshaped([shape[0] * shape[2], shape[1] * shape[3]])
  }

  /// `[batch · length, heads · size]` as `[batch, heads, length, size]`.
  private func heads(_ states: Tensor, _ layout: RowLayout? = nil) throws -> Tensor {
    let (layout, size) = (layout ?? self.layout, configuration.headSize)
    return try states.reshaped([layout.batch, layout.length, states.shape[1] / size, size])
      .transposed([0, 2, 1, 3])
  }

  private func rotated(_ heads: Tensor, norm: String, from offset: Int = 0) throws -> Tensor {
    var heads = heads
    if let weight = model.weights[name(norm) + ".weight"] {
      heads = try heads.rootMeanSquareNormalized(
        weight: weight, epsilon: configuration.epsilon)
    }
    if let wavelengths = configuration.wavelengths(ofBlock: block) {
      return try heads.rotated(
        wavelengths: Tensor(wavelengths, shape: [wavelengths.count]),
        adjacent: configuration.rotaryAdjacent, offset: offset)
    }
    return try heads.rotated(
      size: configuration.rotarySize, adjacent: configuration.rotaryAdjacent,
      base: configuration.rotaryBase(ofBlock: block), offset: offset)
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

  /// The last row stands at the last column.
  private static func mask(rows: Int, columns: Int, window: Int) throws(TensorError) -> Tensor {
    var values = [Float](repeating: -.infinity, count: rows * columns)
    for row in 0..<rows {
      let place = columns - rows + row
      for column in max(0, place - window + 1)...place { values[row * columns + column] = 0 }
    }
    return try Tensor(values, shape: [rows, columns])
  }
}
