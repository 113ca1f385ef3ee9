// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

/// A loaded model's weights and vocabulary.
///
/// `@unchecked Sendable`: the model is not changed after loading, and llama.cpp allows reading it
/// from several threads; it is freed when the last reference is gone.
final class Weights: @unchecked Sendable {
  /// The library's model.
  let pointer: OpaquePointer
  /// The library's vocabulary, which lives as long as the model.
  let vocabulary: OpaquePointer
  /// Low-rank changes of the weights, freed with the model; nil for the weights as they are.
  private(set) var adapter: OpaquePointer?

  /// Loads a file whose header was checked, see ``GGUFHeader``.
  ///
  /// - Parameters:
  ///   - file: The model.
  ///   - adapter: Low-rank changes of its weights, whose header was checked as well.
  ///   - vocabularyOnly: Whether the weights themselves are left on the disk.
  /// - Throws: `unusableModel` when the library cannot use one of them.
  init(file: URL, adapter: URL? = nil, vocabularyOnly: Bool = false) throws(ModelError) {
    LlamaLibrary.start()
    _ = LlamaLibrary.takeLog()
    var parameters = llama_model_default_params()
    parameters.n_gpu_layers = 0
    parameters.vocab_only = vocabularyOnly
    guard let pointer = llama_model_load_from_file(file.path, parameters) else {
      throw ModelError(
        .unusableModel,
        "\(file.lastPathComponent) could not be loaded.\(LlamaLibrary.takeLog())"
          + " Choose a GGUF file that llama.cpp \(LlamaLibrary.version) supports.")
    }
    guard let vocabulary = llama_model_get_vocab(pointer), llama_vocab_n_tokens(vocabulary) > 0
    else {
      llama_model_free(pointer)
      throw ModelError(.unusableModel, "\(file.lastPathComponent) holds no vocabulary.")
    }
    self.pointer = pointer
    self.vocabulary = vocabulary
    guard let adapter else { return }
    self.adapter = llama_adapter_lora_init(pointer, adapter.path)
    guard self.adapter != nil else {
      throw ModelError(
        .unusableModel,
        "The adapter \(adapter.lastPathComponent) does not fit \(file.lastPathComponent)."
          + "\(LlamaLibrary.takeLog()) Choose the model that it was trained on.")
    }
  }

  deinit {
    llama_model_free(pointer)
  }

  /// The longest context the model was trained on, in tokens.
  var trainedContext: Int { Int(llama_model_n_ctx_train(pointer)) }
  /// The number of tokens of the vocabulary.
  var vocabularySize: Int { Int(llama_vocab_n_tokens(vocabulary)) }
  /// The length of a hidden state.
  var dimensions: Int { Int(llama_model_n_embd_out(pointer)) }

  /// Whether the file says how hidden states are pooled into one vector.
  var namesPooling: Bool {
    guard let architecture = metadata("general.architecture") else { return false }
    return metadata("\(architecture).pooling_type") != nil
  }

  /// A value of the file's metadata as text, or nil when there is none.
  func metadata(_ key: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 256)
    let length = bytes.withUnsafeMutableBytes {
      llama_model_meta_val_str(
        pointer, key, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
    }
    guard length >= 0 else { return nil }
    return String(decoding: bytes.prefix(Int(length)).prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Why the model cannot be run with shared prefixes, or nil when it can.
  var reasonAgainstGeneration: String? {
    if llama_model_has_encoder(pointer) { return "it has an encoder" }
    if !llama_model_has_decoder(pointer) { return "it has no decoder" }
    if llama_model_is_recurrent(pointer) || llama_model_is_hybrid(pointer) {
      return "its state is recurrent and cannot be shared between requests"
    }
    return llama_model_is_diffusion(pointer) ? "it writes by diffusion" : nil
  }
}
