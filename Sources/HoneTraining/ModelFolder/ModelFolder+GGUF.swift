// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama

extension ModelFolder {
  /// The ways in which llama.cpp cuts texts, by the tokenizer's own.
  private func cuttingName(_ splitter: TextSplitter) -> String {
    switch splitter.pattern {
    case .gpt2: splitter.cutsDigits ? "smollm" : "gpt-2"
    case .llama3: "llama-bpe"
    case .qwen2: "qwen2"
    }
  }

  /// Writes the model with its tokenizer as a GGUF file that llama.cpp runs, matrices in 16 bits.
  ///
  /// One tensor is held at a time. Byte-level byte-pair tokenizers can be written.
  /// - Throws: ``TrainingError`` of kind `badModel` for a tokenizer of another kind, `missingTensor`,
  ///   `wrongShape`, or `disk`.
  public func writeModel(to file: URL) throws {
    let tokenizer = try TokenizerFile(url.appending(path: "tokenizer.json"))
    guard let splitter = tokenizer.splitter, tokenizer.tokens.count <= configuration.vocabularySize
    else {
      throw TrainingError(
        .badModel,
        "\(url.path): only byte-level byte-pair tokenizers with at most the model's"
          + " \(configuration.vocabularySize) tokens can be run here; take a GGUF file of the model."
      )
    }
    var writer = GGUFWriter()
    state(in: &writer)
    try state(tokenizer, splitter, in: &writer)
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
    let sources = weights.map { weight in
      let shape = self.shape(of: weight.source) ?? []
      return GGUFWriter.Source(name: weight.name, shape: shape, isHalf: shape.count > 1) {
        try weight.read(self).values
      }
    }
    do {
      try writer.write(to: file, sources: sources)
    } catch let error as TrainingError {
      throw error
    } catch {
      throw TrainingError(.disk, "\(file.path) could not be written: \(error.localizedDescription)")
    }
  }

  /// What the file states about the model.
  private func state(in writer: inout GGUFWriter) {
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
    let epsilon =
      configuration.normalization == .layer ? "layer_norm_epsilon" : "layer_norm_rms_epsilon"
    writer.state("\(family).attention.\(epsilon)", .decimal(configuration.epsilon))
  }

  /// What the file states about the tokens.
  private func state(
    _ tokenizer: TokenizerFile, _ splitter: TextSplitter, in writer: inout GGUFWriter
  ) throws(TrainingError) {
    // Kinds of tokens in GGUF files: 1 ordinary, 3 control, 4 the user's, 5 unused.
    let added = Dictionary(tokenizer.added.map { ($0.id, $0.isControl ? Int32(3) : 4) }) { $1 }
    var tokens = tokenizer.tokens
    var kinds = tokens.indices.map { index -> Int32 in
      added[Int32(index)] ?? (tokens[index].isEmpty ? 5 : 1)
    }
    for index in tokens.indices where tokens[index].isEmpty { tokens[index] = "[PAD\(index)]" }
    for index in tokens.count..<configuration.vocabularySize {
      tokens.append("[PAD\(index)]")
      kinds.append(5)
    }
    writer.state("tokenizer.ggml.model", .text("gpt2"))
    writer.state("tokenizer.ggml.pre", .text(cuttingName(splitter)))
    writer.state("tokenizer.ggml.tokens", .texts(tokens))
    writer.state("tokenizer.ggml.token_type", .numbers(kinds))
    writer.state("tokenizer.ggml.merges", .texts(tokenizer.merges))
    let place = url.appending(path: "tokenizer_config.json")
    let chat =
      FileManager.default.fileExists(atPath: place.path)
      ? try ConfigurationFile(place) : ConfigurationFile([:], path: place.path)
    func id(_ name: String) -> UInt32? {
      let byText = chat.text(name).flatMap { text in tokenizer.added.first { $0.text == text }?.id }
      return (byText.map { Int($0) } ?? statements.whole("\(name)_id")).flatMap {
        UInt32(exactly: $0)
      }
    }
    if let end = id("eos_token") { writer.state("tokenizer.ggml.eos_token_id", .number(end)) }
    if let begin = id("bos_token") { writer.state("tokenizer.ggml.bos_token_id", .number(begin)) }
    writer.state(
      "tokenizer.ggml.add_bos_token",
      .truth(chat.truth("add_bos_token") ?? (splitter.pattern == .llama3)))
    let template = url.appending(path: "chat_template.jinja")
    let text = (try? String(contentsOf: template, encoding: .utf8)) ?? chat.text("chat_template")
    if let text { writer.state("tokenizer.chat_template", .text(text)) }
  }
}
