// SPDX-License-Identifier: Apache-2.0

/// The F1 of the words that an answer and a reference share.
///
/// As in SQuAD's evaluation (Rajpurkar et al., arXiv:1806.03822): lower case, ASCII punctuation and
/// the articles a, an and the left out, words counted with repeats; two texts without words agree.
struct TokenF1: SimilarityMetric {
  func similarity(_ answer: String, _ reference: String) -> Double {
    let given = Self.words(of: answer)
    let wanted = Self.words(of: reference)
    if given.isEmpty || wanted.isEmpty { return given.isEmpty && wanted.isEmpty ? 1 : 0 }
    let shared = NGrams.overlap(NGrams.count(given, order: 1), NGrams.count(wanted, order: 1))
    return NGrams.f1(shared: shared, first: given.count, second: wanted.count)
  }

  private static func words(of text: String) -> [String] {
    var kept = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: continue
      default: kept.append(scalar)
      }
    }
    return String(kept).split(whereSeparator: \.isWhitespace).map(String.init)
      .filter { $0 != "a" && $0 != "an" && $0 != "the" }
  }
}
