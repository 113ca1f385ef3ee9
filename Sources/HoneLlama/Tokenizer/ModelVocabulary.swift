// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

/// A model's tokens and the form of its chats, without its weights.
///
/// Uses llama.cpp's own tokenizer, so what is trained on is what generation reads.
public struct ModelVocabulary: Sendable {
  private let tokenizer: Tokenizer
  private let template: ChatTemplate
  private let contextTokens: Int

  /// Reads the vocabulary of a GGUF file.
  /// - Throws: `ModelError` of kind `unusableModel`.
  public init(file: URL) throws(ModelError) {
    let header = try GGUFHeader(file: file)
    // Without the weights the library does not tell.
    let context = header.metadata.numbers["\(header.architecture).context_length"]
    contextTokens = context.flatMap(Int.init(exactly:)) ?? .max
    let weights = try Weights(file: file, vocabularyOnly: true)
    tokenizer = Tokenizer(weights: weights)
    template = ChatTemplate(weights: weights)
  }

  /// The number of tokens.
  public var size: Int { tokenizer.weights.vocabularySize }

  /// The token that ends the assistant's turn, or a text where there are no chats.
  public var endToken: Int32 {
    let turn = llama_vocab_eot(tokenizer.weights.vocabulary)
    return turn >= 0 ? turn : llama_vocab_eos(tokenizer.weights.vocabulary)
  }

  /// The tokens of a chat or a text, as generation reads them before it goes on.
  public func tokens(of input: ModelInput) throws(ModelError) -> [Int32] {
    let reader = InputReader(
      tokenizer: tokenizer, template: template, contextTokens: contextTokens)
    return try reader.tokens(of: input)
  }

  /// The tokens of what the model is to write after its input; control tokens are plain text here.
  public func tokens(ofResponse text: String) throws(ModelError) -> [Int32] {
    try tokenizer.tokens(of: text, marksUp: false, begins: false)
  }

  /// The text of tokens; control tokens have none.
  public func text(of tokens: [Int32]) -> String {
    var bytes: [UInt8] = []
    for token in tokens where token >= 0 && Int(token) < size {
      tokenizer.appendBytes(of: token, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
