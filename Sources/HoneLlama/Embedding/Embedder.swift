// SPDX-License-Identifier: Apache-2.0

import CLlama
import HoneCore

/// Turns texts into vectors: the mean of the last hidden states, at length 1.
///
/// Has a context of its own, made on first use, since a context either pools or generates. An
/// embedding model that pools in another way, such as by its first token, does so here too.
struct Embedder {
  private static let batchTokens = 512
  private static let batchTexts = 64

  let weights: Weights
  let options: LlamaOptions
  private var context: Context?
  private var contextTokens: Int { min(8192, max(1, weights.trainedContext)) }

  /// Creates an embedder without a context.
  init(weights: Weights, options: LlamaOptions) {
    self.weights = weights
    self.options = options
  }

  /// A text's tokens; throws for one that is empty or longer than the context.
  func tokens(of text: String, tokenizer: Tokenizer) throws(ModelError) -> [Token] {
    let tokens = try tokenizer.tokens(of: text, marksUp: false, keepsEnd: true)
    guard !tokens.isEmpty else {
      throw ModelError(.unsupported, "An empty text has no vector.")
    }
    guard tokens.count <= contextTokens else {
      throw ModelError(
        .tooLong,
        "The text has \(tokens.count) tokens, but at most \(contextTokens) can be embedded."
          + " Shorten it.")
    }
    return tokens
  }

  /// Whether so many texts and tokens go into one step; a single text always does.
  func fits(texts: Int, tokens: Int) -> Bool {
    texts == 1 || (texts <= Self.batchTexts && tokens <= Self.batchTokens)
  }

  /// The vectors of texts that fit into one step.
  mutating func vectors(of texts: [[Token]]) throws(ModelError) -> [[Float]] {
    let size = texts.reduce(0) { $0 + $1.count }
    let context = try context(for: size)
    let hasMemory = llama_model_has_decoder(weights.pointer)
    context.clear()
    try context.encode(texts, withMemory: hasMemory)
    var vectors: [[Float]] = []
    for sequence in texts.indices {
      guard let vector = context.vector(of: sequence) else {
        throw ModelError(.engine, "llama.cpp gave no vector.\(LlamaLibrary.takeLog())")
      }
      vectors.append(Self.normalized(vector))
    }
    return vectors
  }

  /// The context, made anew when the text is longer than those before.
  private mutating func context(for size: Int) throws(ModelError) -> Context {
    if let context, context.batchTokens >= size { return context }
    context = nil
    // llama.cpp rounds the batch up to whole multiples of its sequences and, when pooling, ends the
    // process if that is more than was asked for.
    let texts = Self.batchTexts
    let room = (max(Self.batchTokens, size) + texts - 1) / texts * texts
    var parameters = llama_context_default_params()
    parameters.n_ctx = UInt32(room)
    parameters.n_batch = UInt32(room)
    // All tokens of a text are pooled together, so they have to be in one physical batch.
    parameters.n_ubatch = UInt32(room)
    parameters.n_seq_max = UInt32(Self.batchTexts)
    parameters.kv_unified = true
    parameters.embeddings = true
    // An encoder's file says how it pools; a generating model is averaged.
    parameters.pooling_type =
      weights.namesPooling
      ? LLAMA_POOLING_TYPE_UNSPECIFIED : LLAMA_POOLING_TYPE_MEAN
    let made = try Context(
      weights: weights, parameters: parameters, options: options, batchTokens: room)
    context = made
    return made
  }

  private static func normalized(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 0, length.isFinite else { return vector }
    return vector.map { Float(Double($0) / length) }
  }
}
