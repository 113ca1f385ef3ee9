// SPDX-License-Identifier: Apache-2.0

/// A byte-level byte-pair tokenizer, as GPT-2, Llama 3, Qwen and SmolLM have it.
public struct BytePairTokenizer: Sendable {
  private let ids: [String: Int32]
  private let byteTokens: [Int32?]
  private let merging: PairMerging
  private let splitter: TextSplitter
  /// Whether a piece that is a token as a whole is taken as such before any merge.
  private let takesWhole: Bool

  /// Creates a tokenizer.
  ///
  /// - Parameters:
  ///   - tokens: The tokens in the letters of ``ByteAlphabet``, by their numbers.
  ///   - merges: Pairs of tokens with a blank between, the earliest first.
  ///   - splitter: How texts are cut before merging.
  ///   - takesWhole: Whether a piece that is a token is taken without merging.
  /// - Throws: ``TrainingError`` of kind `badModel` for a merge whose parts or result are no tokens.
  init(
    tokens: [String], merges: [(left: String, right: String)], splitter: TextSplitter,
    takesWhole: Bool = false
  ) throws(TrainingError) {
    let ids = PairMerging.numbers(of: tokens)
    byteTokens = ByteAlphabet.letters.map { ids[String($0)] }
    self.ids = ids
    merging = try PairMerging(merges, ids: ids)
    self.splitter = splitter
    self.takesWhole = takesWhole
  }

  /// The tokens of a text; bytes that the vocabulary lacks are left out.
  public func tokens(of text: String) -> [Int32] {
    splitter.pieces(of: text).flatMap(tokens(ofPiece:))
  }

  private func tokens(ofPiece piece: String) -> [Int32] {
    if takesWhole {
      var letters = String.UnicodeScalarView()
      for byte in piece.utf8 { letters.append(ByteAlphabet.letters[Int(byte)]) }
      if let token = ids[String(letters)] { return [token] }
    }
    return merging.merged(piece.utf8.compactMap { byteTokens[Int($0)] })
  }
}
