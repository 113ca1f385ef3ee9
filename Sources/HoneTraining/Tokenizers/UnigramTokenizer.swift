// SPDX-License-Identifier: Apache-2.0

/// A unigram tokenizer of SentencePiece's kind: the likeliest way to cut a text into known pieces.
///
/// Taku Kudo, Subword Regularization, arXiv:1804.10959. Blanks are written “▁”, also before the first
/// word. A scalar that no piece begins with becomes the unknown token, several in a row one.
public struct UnigramTokenizer: Sendable {
  private static let blank: Unicode.Scalar = "\u{2581}"
  /// What an unknown scalar costs below the rarest piece.
  private static let unknownCost = 10.0

  private let pieces: [[Unicode.Scalar]: (id: Int32, score: Double)]
  private let longest: Int
  private let unknown: Int32
  private let unknownScore: Double

  /// Creates a tokenizer.
  /// - Parameters:
  ///   - pieces: The pieces with the logarithms of their chances, by their numbers.
  ///   - unknown: The number of the unknown piece.
  /// - Throws: ``TrainingError`` of kind `badModel` without pieces or with an unknown one beyond them.
  init(pieces: [(text: String, score: Double)], unknown: Int) throws(TrainingError) {
    guard pieces.indices.contains(unknown) else {
      throw TrainingError(
        .badModel,
        "The tokenizer has \(pieces.count) pieces, and names number \(unknown) as the unknown one.")
    }
    var table: [[Unicode.Scalar]: (id: Int32, score: Double)] = [:]
    var longest = 1
    for (number, piece) in pieces.enumerated() where !piece.text.isEmpty && number != unknown {
      let scalars = Array(piece.text.unicodeScalars)
      if table[scalars] == nil { table[scalars] = (Int32(number), piece.score) }
      longest = max(longest, scalars.count)
    }
    self.pieces = table
    self.longest = longest
    self.unknown = Int32(unknown)
    unknownScore = (pieces.map(\.score).min() ?? 0) - Self.unknownCost
  }

  /// The tokens of a text.
  public func tokens(of text: String) -> [Int32] {
    guard !text.isEmpty else { return [] }
    let marked = text.unicodeScalars.map { $0 == " " ? Self.blank : $0 }
    let scalars = marked.first == Self.blank ? marked : [Self.blank] + marked
    // Pieces do not reach over the beginning of a word.
    var tokens: [Int32] = []
    var start = 0
    for place in scalars.indices.dropFirst() where scalars[place] == Self.blank {
      tokens += best(scalars[start..<place])
      start = place
    }
    return tokens + best(scalars[start...])
  }

  /// The likeliest cut of a word, by dynamic programming from its beginning.
  private func best(_ word: ArraySlice<Unicode.Scalar>) -> [Int32] {
    let word = Array(word)
    var scores = [Double](repeating: -.infinity, count: word.count + 1)
    var steps = [(from: Int, id: Int32)](repeating: (0, unknown), count: word.count + 1)
    scores[0] = 0
    for start in word.indices {
      var hasOne = false
      for end in (start + 1)...min(word.count, start + longest) {
        guard let piece = pieces[Array(word[start..<end])] else { continue }
        if end == start + 1 { hasOne = true }
        let score = scores[start] + piece.score
        if score > scores[end] {
          scores[end] = score
          steps[end] = (start, piece.id)
        }
      }
      let score = scores[start] + unknownScore
      if !hasOne, score > scores[start + 1] {
        scores[start + 1] = score
        steps[start + 1] = (start, unknown)
      }
    }
    var tokens: [Int32] = []
    var end = word.count
    while end > 0 {
      let step = steps[end]
      if step.id != unknown || tokens.last != unknown { tokens.append(step.id) }
      end = step.from
    }
    return tokens.reversed()
  }
}
