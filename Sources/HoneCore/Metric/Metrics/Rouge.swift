// SPDX-License-Identifier: Apache-2.0

/// The F-measure of ROUGE-1, ROUGE-2 or ROUGE-L, as Google's rouge-score gives it without stemming.
///
/// Words are runs of a–z and 0–9 in lower case. Lin, "ROUGE: a package for automatic evaluation of
/// summaries", 2004.
struct Rouge: SimilarityMetric {
  enum Variant { case words(Int), longestSubsequence }

  let variant: Variant

  func similarity(_ answer: String, _ reference: String) -> Double {
    let given = Self.words(of: answer)
    let wanted = Self.words(of: reference)
    switch variant {
    case .words(let order):
      let shared = NGrams.overlap(
        NGrams.count(given, order: order), NGrams.count(wanted, order: order))
      return NGrams.f1(
        shared: shared, first: given.count - order + 1, second: wanted.count - order + 1)
    case .longestSubsequence:
      let shared = Self.longestCommonSubsequence(given, wanted)
      return NGrams.f1(shared: shared, first: given.count, second: wanted.count)
    }
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in text.lowercased().utf8 {
      if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      {
        word.append(byte)
      } else if !word.isEmpty {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// The length of the longest common subsequence; time is the product of the lengths.
  private static func longestCommonSubsequence(_ first: [String], _ second: [String]) -> Int {
    var ids: [String: Int32] = [:]
    func number(_ words: [String]) -> [Int32] {
      words.map { word in
        if let id = ids[word] { return id }
        let id = Int32(ids.count)
        ids[word] = id
        return id
      }
    }
    let rows = number(first)
    let columns = number(second)
    var lengths = [Int32](repeating: 0, count: columns.count + 1)
    for row in rows {
      var diagonal: Int32 = 0
      for column in columns.indices {
        let above = lengths[column + 1]
        lengths[column + 1] =
          columns[column] == row ? diagonal + 1 : max(above, lengths[column])
        diagonal = above
      }
    }
    return Int(lengths[columns.count])
  }
}
