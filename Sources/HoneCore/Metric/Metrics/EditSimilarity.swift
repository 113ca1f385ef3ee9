// SPDX-License-Identifier: Apache-2.0

/// 1 less the edit distance in characters divided by the longer text's length; 1 for two empty texts.
struct EditSimilarity: SimilarityMetric {
  func similarity(_ answer: String, _ reference: String) -> Double {
    let first = Array(answer)
    let second = Array(reference)
    let longer = max(first.count, second.count)
    guard longer > 0 else { return 1 }
    return 1 - Double(Self.distance(first[...], second[...])) / Double(longer)
  }

  /// The least number of characters to insert, delete or replace (Levenshtein).
  private static func distance(
    _ first: ArraySlice<Character>, _ second: ArraySlice<Character>
  ) -> Int {
    let start = zip(first, second).prefix { $0 == $1 }.count
    var a = first.dropFirst(start)
    var b = second.dropFirst(start)
    let end = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    a = a.dropLast(end)
    b = b.dropLast(end)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var ids: [Character: Int32] = [:]
    func number(_ characters: ArraySlice<Character>) -> [Int32] {
      characters.map { character in
        let id = ids[character] ?? Int32(ids.count)
        ids[character] = id
        return id
      }
    }
    let rows = number(a)
    let columns = number(b)
    var costs = Array(0...columns.count)
    for (row, character) in rows.enumerated() {
      var diagonal = costs[0]
      costs[0] = row + 1
      for column in columns.indices {
        let above = costs[column + 1]
        let replaced = diagonal + (columns[column] == character ? 0 : 1)
        costs[column + 1] = min(replaced, above + 1, costs[column] + 1)
        diagonal = above
      }
    }
    return costs[columns.count]
  }
}
