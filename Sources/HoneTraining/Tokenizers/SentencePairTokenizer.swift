// SPDX-License-Identifier: Apache-2.0

/// A byte-pair tokenizer of SentencePiece's kind, as Llama 2, Phi-3 and Gemma have it.
///
/// Texts come with ▁ for blanks. Their characters are merged, without being cut into words first; a
/// character that is no token is written in the tokens of its bytes, `<0x00>` to `<0xFF>`.
public struct SentencePairTokenizer: Sendable {
  private let characters: [Unicode.Scalar: Int32]
  /// The tokens of the bytes, where there are all of them.
  private let byteTokens: [Int32]?
  private let unknown: Int32?
  private let merging: PairMerging

  /// Creates a tokenizer.
  /// - Parameters:
  ///   - tokens: The tokens by their numbers.
  ///   - merges: Pairs of tokens, the earliest first.
  ///   - unknown: The token of what has no other, or nil where that is left out.
  /// - Throws: ``TrainingError`` of kind `badModel` for a merge whose parts or result are no tokens.
  init(
    tokens: [String], merges: [(left: String, right: String)], unknown: String?
  ) throws(TrainingError) {
    let ids = PairMerging.numbers(of: tokens)
    var characters: [Unicode.Scalar: Int32] = [:]
    for (token, id) in ids where token.unicodeScalars.count == 1 {
      if let scalar = token.unicodeScalars.first { characters[scalar] = id }
    }
    let bytes = (0..<256).compactMap { ids[Self.name(ofByte: UInt8($0))] }
    byteTokens = bytes.count == 256 ? bytes : nil
    self.characters = characters
    self.unknown = unknown.flatMap { ids[$0] }
    merging = try PairMerging(merges, ids: ids)
  }

  /// The tokens of a text whose blanks are written ▁; unknown characters in a row are one.
  public func tokens(of text: String) -> [Int32] {
    var tokens: [Int32] = []
    for scalar in text.unicodeScalars {
      if let token = characters[scalar] {
        tokens.append(token)
      } else if let byteTokens {
        tokens += String(scalar).utf8.map { byteTokens[Int($0)] }
      } else if let unknown, tokens.last != unknown {
        tokens.append(unknown)
      }
    }
    return merging.merged(tokens)
  }

  /// What the token of a byte is called.
  static func name(ofByte byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x\(digits.count == 1 ? "0" : "")\(digits)>"
  }
}
