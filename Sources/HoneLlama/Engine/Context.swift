// SPDX-License-Identifier: Apache-2.0

import CLlama
import HoneCore

/// A model's working state: the KV memory and a batch to fill.
///
/// Not `Sendable`: only the engine's thread touches it.
final class Context {
  private let weights: Weights
  private let pointer: OpaquePointer
  private var batch: llama_batch
  let batchTokens: Int

  /// Makes a context for steps of a scheduler.
  convenience init(
    weights: Weights, options: LlamaOptions, limits: SchedulerLimits
  ) throws(ModelError) {
    var parameters = llama_context_default_params()
    parameters.n_ctx = UInt32(limits.memoryTokens)
    parameters.n_batch = UInt32(limits.stepTokens)
    parameters.n_ubatch = UInt32(limits.stepTokens)
    parameters.n_seq_max = UInt32(limits.sequences)
    parameters.n_outputs_max = UInt32(limits.stepOutputs)
    parameters.kv_unified = true
    // A prefix that a window has passed must stay, as other paths fork from it.
    parameters.swa_full = true
    try self.init(
      weights: weights, parameters: parameters, options: options, batchTokens: limits.stepTokens)
  }

  /// Makes a context with the given parameters.
  init(
    weights: Weights, parameters: llama_context_params, options: LlamaOptions, batchTokens: Int
  ) throws(ModelError) {
    var parameters = parameters
    parameters.n_threads = Int32(options.threads)
    parameters.n_threads_batch = Int32(options.threads)
    parameters.flash_attn_type =
      options.flashAttention ? LLAMA_FLASH_ATTN_TYPE_ENABLED : LLAMA_FLASH_ATTN_TYPE_DISABLED
    parameters.no_perf = true
    _ = LlamaLibrary.takeLog()
    guard let pointer = llama_init_from_model(weights.pointer, parameters) else {
      throw ModelError(
        .outOfMemory,
        "A context of \(parameters.n_ctx) tokens could not be made.\(LlamaLibrary.takeLog())"
          + " Set fewer memory tokens.")
    }
    if let adapter = weights.adapter {
      var adapters: [OpaquePointer?] = [adapter]
      var scales: [Float] = [1]
      let status = llama_set_adapters_lora(pointer, &adapters, 1, &scales)
      guard status == 0 else {
        llama_free(pointer)
        throw ModelError(
          .unusableModel, "The adapter cannot be used (code \(status)).\(LlamaLibrary.takeLog())")
      }
    }
    self.weights = weights
    self.pointer = pointer
    self.batchTokens = batchTokens
    batch = llama_batch_init(Int32(batchTokens), 0, 1)
  }

  deinit {
    llama_batch_free(batch)
    llama_free(pointer)
  }

  /// Applies changes of the KV memory.
  func apply(_ operations: [MemoryOperation]) {
    let memory = llama_get_memory(pointer)
    for operation in operations {
      switch operation {
      case .copy(let from, let to, let end):
        llama_memory_seq_cp(memory, from, to, 0, llama_pos(end))
      case .clear(let sequence):
        llama_memory_seq_rm(memory, sequence, -1, -1)
      }
    }
  }

  /// Empties the KV memory.
  func clear() {
    llama_memory_clear(llama_get_memory(pointer), false)
  }

  /// Computes a step's tokens.
  func compute(_ step: Step) throws(ModelError) {
    batch.n_tokens = 0
    for entry in step.entries {
      append(entry.token, position: entry.position, sequence: entry.sequence, output: false)
    }
    for output in step.outputs { batch.logits[output.entry] = 1 }
    try run { llama_decode(pointer, batch) }
  }

  /// Computes texts for their vectors; entry `i` of `sequences` is sequence `i`.
  func encode(_ sequences: [[Token]], withMemory: Bool) throws(ModelError) {
    batch.n_tokens = 0
    for (sequence, tokens) in sequences.enumerated() {
      for (position, token) in tokens.enumerated() {
        append(token, position: position, sequence: Int32(sequence), output: true)
      }
    }
    try run { withMemory ? llama_decode(pointer, batch) : llama_encode(pointer, batch) }
  }

  private func append(_ token: Token, position: Int, sequence: Int32, output: Bool) {
    let index = Int(batch.n_tokens)
    guard index < batchTokens else { return }
    batch.token[index] = token
    batch.pos[index] = llama_pos(position)
    batch.n_seq_id[index] = 1
    batch.seq_id[index]?[0] = sequence
    batch.logits[index] = output ? 1 : 0
    batch.n_tokens += 1
  }

  private func run(_ body: () -> Int32) throws(ModelError) {
    _ = LlamaLibrary.takeLog()
    switch body() {
    case 0: return
    case 1:
      throw ModelError(
        .outOfMemory, "The KV memory has no room for the step. Set more memory tokens.")
    case let code:
      throw ModelError(
        .engine, "llama.cpp failed with code \(code).\(LlamaLibrary.takeLog())")
    }
  }

  /// The logits after an entry of the last step, `[vocabulary]`; valid until the next step.
  func logits(at entry: Int) -> UnsafeBufferPointer<Float>? {
    llama_get_logits_ith(pointer, Int32(entry)).map {
      UnsafeBufferPointer(start: $0, count: weights.vocabularySize)
    }
  }

  /// The pooled vector of a sequence of the last encoding, `[dimensions]`.
  func vector(of sequence: Int) -> [Float]? {
    llama_get_embeddings_seq(pointer, Int32(sequence)).map {
      Array(UnsafeBufferPointer(start: $0, count: weights.dimensions))
    }
  }
}
