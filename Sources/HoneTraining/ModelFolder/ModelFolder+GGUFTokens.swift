// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneLlama

extension ModelFolder {
  /// What the file states about the tokens.
  /// - Throws: ``TrainingError`` of kind `badModel` for a tokenizer that llama.cpp cannot run.
  func state(_ tokenizer: TokenizerFile, in writer: inout GGUFWriter) throws(TrainingError) {
    var tokens = tokenizer.tokens
    var kinds = tokenKinds(of: tokenizer)
    for index in tokens.indices where tokens[index].isEmpty { tokens[index] = "[PAD\(index)]" }
    for index in tokens.count..<configuration.vocabularySize {
      tokens.append("[PAD\(index)]")
      kinds.append(5)
    }
    writer.state("tokenizer.ggml.tokens", .texts(tokens))
    writer.state("tokenizer.ggml.token_type", .numbers(kinds))
    switch tokenizer.kind {
    case .bytePair:
      writer.state("tokenizer.ggml.model", .text("gpt2"))
      writer.state("tokenizer.ggml.pre", .text(cuttingName(tokenizer.splitter)))
      writer.state("tokenizer.ggml.merges", .texts(tokenizer.merges))
    case .sentencePair:
      writer.state("tokenizer.ggml.model", .text("llama"))
      writer.state("tokenizer.ggml.scores", .decimals(scores(of: tokens, tokenizer.merges)))
      writer.state(
        "tokenizer.ggml.add_space_prefix", .truth(tokenizer.normalization.beginning != .none))
    case .unigram:
      throw TrainingError(
        .badModel,
        "\(url.path): a unigram tokenizer cannot be run here; take a GGUF file of the model.")
    }
    let place = url.appending(path: "tokenizer_config.json")
    let chat =
      FileManager.default.fileExists(atPath: place.path)
      ? try ConfigurationFile(place) : ConfigurationFile([:], path: place.path)
    func id(_ name: String) -> UInt32? {
      let text = chat.text(name) ?? chat.text("\(name).content")
      let byText = text.flatMap { text in tokenizer.added.first { $0.text == text }?.id }
      return (byText.map { Int($0) } ?? statements.whole("\(name)_id")).flatMap {
        UInt32(exactly: $0)
      }
    }
    if let end = id("eos_token") { writer.state("tokenizer.ggml.eos_token_id", .number(end)) }
    if let begin = id("bos_token") { writer.state("tokenizer.ggml.bos_token_id", .number(begin)) }
    writer.state(
      "tokenizer.ggml.add_bos_token",
      .truth(chat.truth("add_bos_token") ?? beginsTexts(tokenizer)))
    let template = url.appending(path: "chat_template.jinja")
    let text = (try? String(contentsOf: template, encoding: .utf8)) ?? chat.text("chat_template")
    if let text { writer.state("tokenizer.chat_template", .text(text)) }
  }

  /// The kinds of tokens in GGUF files: 1 ordinary, 2 unknown, 3 control, 4 the user's, 5 unused,
  /// 6 a byte.
  private func tokenKinds(of tokenizer: TokenizerFile) -> [Int32] {
    let added = Dictionary(tokenizer.added.map { ($0.id, $0.isControl ? Int32(3) : 4) }) { $1 }
    var bytes: Set<String> = []
    if case .sentencePair = tokenizer.kind {
      bytes = Set((0..<256).map { SentencePairTokenizer.name(ofByte: UInt8($0)) })
    }
    return tokenizer.tokens.enumerated().map { index, token in
      if token.isEmpty { return 5 }
      if token == tokenizer.unknown, !bytes.isEmpty { return 2 }
      return added[Int32(index)] ?? (bytes.contains(token) ? 6 : 1)
    }
  }

  /// The scores by which llama.cpp orders SentencePiece's merges: the earlier a token is made, the
  /// higher; below all others is what no merge makes.
  private func scores(of tokens: [String], _ merges: [String]) -> [Float] {
    var ranks: [String: Int] = [:]
    for (rank, merge) in merges.enumerated() {
      let token = merge.replacing(" ", with: "")
      if ranks[token] == nil { ranks[token] = rank }
    }
    return tokens.map { -Float((ranks[$0] ?? merges.count) + 1) }
  }

  /// Whether the family's texts begin with a token of their own where no file says.
  private func beginsTexts(_ tokenizer: TokenizerFile) -> Bool {
    if case .sentencePair = tokenizer.kind { return true }
    return tokenizer.splitter?.pattern == .llama3
  }

  /// The ways in which llama.cpp cuts texts, by the tokenizer's own.
  private func cuttingName(_ splitter: TextSplitter?) -> String {
    switch splitter?.pattern {
    case .gpt2, nil: splitter?.cutsDigits == true ? "smollm" : "gpt-2"
    case .llama3: "llama-bpe"
    case .qwen2: "qwen2"
    }
  }
}
