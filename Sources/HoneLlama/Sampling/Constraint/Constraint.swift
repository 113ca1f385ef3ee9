// SPDX-License-Identifier: Apache-2.0

import CLlama
import HoneCore

/// Keeps one response to a grammar, token by token.
///
/// A token is first chosen freely and the grammar is asked about it alone, since it seldom objects;
/// only then is it asked about the whole vocabulary. Of sampled tokens the probabilities are those of
/// the allowed tokens either way. When few tokens are left, tokens that close a text, a list or an
/// object are taken as soon as they are allowed, so that the document is whole at the limit.
///
/// Not `Sendable`: made and used on the engine's thread only.
final class Constraint {
  private let sampler: UnsafeMutablePointer<llama_sampler>
  private let ending: [Token]
  private let closers: ClosingTokens
  private let tokenizer: Tokenizer
  /// Tokens that an ending may take.
  let reserve: Int

  /// Reads a grammar.
  /// - Throws: `unsupported` when llama.cpp cannot read it, which names what it says.
  init(_ grammar: SchemaGrammar, tokenizer: Tokenizer, closers: ClosingTokens) throws(ModelError) {
    let vocabulary = tokenizer.weights.vocabulary
    _ = LlamaLibrary.takeLog()
    guard let sampler = llama_sampler_init_grammar(vocabulary, grammar.text, "root") else {
      throw ModelError(
        .unsupported,
        "The JSON schema makes no grammar that llama.cpp reads.\(LlamaLibrary.takeLog())")
    }
    self.sampler = sampler
    self.closers = closers
    self.tokenizer = tokenizer
    ending = [llama_vocab_eot(vocabulary), llama_vocab_eos(vocabulary)].filter { $0 >= 0 }
    let tokens = try tokenizer.tokens(of: grammar.shortest, marksUp: false, begins: false)
    reserve = tokens.count + tokens.count / 2 + 8
  }

  private init(copyOf other: Constraint) throws(ModelError) {
    guard let sampler = llama_sampler_clone(other.sampler) else {
      throw ModelError(.outOfMemory, "There is no memory for a grammar's state.")
    }
    self.sampler = sampler
    ending = other.ending
    closers = other.closers
    tokenizer = other.tokenizer
    reserve = other.reserve
  }

  deinit {
    llama_sampler_free(sampler)
  }

  /// The same grammar for another response; to be called before any token was taken.
  func copy() throws(ModelError) -> Constraint {
    try Constraint(copyOf: self)
  }

  /// The next token, taken into the grammar's state; nil when no token is allowed.
  ///
  /// - Parameters:
  ///   - row: The logits, `[vocabulary]`.
  ///   - remaining: Tokens up to the limit, this one included.
  ///   - written: What was written so far.
  ///   - pick: Chooses freely from logits.
  /// - Returns: The token, or nil.
  func next(
    from row: UnsafeBufferPointer<Float>, remaining: Int, written: [UInt8],
    pick: (UnsafeBufferPointer<Float>) -> Token
  ) -> Token? {
    let token =
      closing(row, remaining: remaining, written: written) ?? free(row, pick)
      ?? masked(row, pick)
    if let token { llama_sampler_accept(sampler, token) }
    return token
  }

  /// Whether the document is whole.
  var isComplete: Bool { !allowed(ending).isEmpty }

  private func closing(
    _ row: UnsafeBufferPointer<Float>, remaining: Int, written: [UInt8]
  ) -> Token? {
    guard remaining <= reserve, let place = Place(of: written) else { return nil }
    var known = allowed(place == .text ? closers.ofTexts : closers.ofParts)
    if known.isEmpty, place == .number { known = allowed(closers.ofNumbers) }
    return known.max { row[Int($0)] < row[Int($1)] }
  }

  /// Where a document stands that may be ended soon; nil right after a text was opened, so that it is
  /// not left empty.
  private enum Place {
    case text
    case number
    case between

    init?(of bytes: [UInt8]) {
      var isInText = false
      var isEscaped = false
      var opening = 0
      for (index, byte) in bytes.enumerated() {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\"") {
          isInText.toggle()
          opening = index
        } else if isInText, byte == UInt8(ascii: "\\") {
          isEscaped = true
        }
      }
      guard let last = bytes.last else { return nil }
      if isInText {
        if opening == bytes.count - 1 { return nil }
        self = .text
      } else {
        self = (48...57).contains(last) ? .number : .between
      }
    }
  }

  private func free(
    _ row: UnsafeBufferPointer<Float>, _ pick: (UnsafeBufferPointer<Float>) -> Token
  ) -> Token? {
    let token = pick(row)
    return allowed([token]).isEmpty ? nil : token
  }

  private func masked(
    _ row: UnsafeBufferPointer<Float>, _ pick: (UnsafeBufferPointer<Float>) -> Token
  ) -> Token? {
    let known = allowed((0..<row.count).map { Token($0) })
    guard !known.isEmpty else { return nil }
    if let token = longestOfOneText(known) { return token }
    var logits = [Float](repeating: -.infinity, count: row.count)
    for token in known { logits[Int(token)] = row[Int(token)] }
    return logits.withUnsafeBufferPointer(pick)
  }

  /// The longest token where each is a beginning of it, so that what comes next is certain: it takes the
  /// fewest tokens to write, and is the model's own way to.
  private func longestOfOneText(_ tokens: [Token]) -> Token? {
    guard tokens.count <= 32 else { return nil }
    let texts = tokens.map { token in
      var bytes: [UInt8] = []
      tokenizer.appendBytes(of: token, to: &bytes)
      return (token: token, bytes: bytes)
    }
    guard let longest = texts.max(by: { $0.bytes.count < $1.bytes.count }),
      texts.allSatisfy({ longest.bytes.starts(with: $0.bytes) })
    else { return nil }
    return longest.token
  }

  /// Those of the tokens that may come next.
  private func allowed(_ tokens: [Token]) -> [Token] {
    var data = tokens.map { llama_token_data(id: $0, logit: 0, p: 0) }
    data.withUnsafeMutableBufferPointer { buffer in
      var list = llama_token_data_array(
        data: buffer.baseAddress, size: buffer.count, selected: -1, sorted: false)
      llama_sampler_apply(sampler, &list)
    }
    return data.filter { $0.logit > -.infinity }.map(\.id)
  }
}

/// Tokens by which a document comes nearer to its end.
struct ClosingTokens {
  /// Those of marks alone that begin with the one that closes a text.
  var ofTexts: [Token] = []
  /// Those of marks alone that begin with one that closes a list or an object.
  var ofParts: [Token] = []
  /// Those that begin with what may follow a number.
  var ofNumbers: [Token] = []

  /// Looks through a vocabulary.
  init(_ tokenizer: Tokenizer) {
    let closing = Set("\"]}".utf8)
    let ending = Set(",]}".utf8)
    for token in 0..<Token(tokenizer.weights.vocabularySize) {
      var bytes: [UInt8] = []
      tokenizer.appendBytes(of: token, to: &bytes)
      guard let first = bytes.first else { continue }
      if ending.contains(first) { ofNumbers.append(token) }
      guard bytes.allSatisfy(closing.contains) else { continue }
      if first == UInt8(ascii: "\"") { ofTexts.append(token) } else { ofParts.append(token) }
    }
  }
}
