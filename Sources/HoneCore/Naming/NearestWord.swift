// SPDX-License-Identifier: Apache-2.0

/// Finds the word that was probably meant.
package enum NearestWord {
  /// The candidate with the fewest edits to the word, if these are few enough to be a slip.
  ///
  /// Case and the choice between `-`, `_` and a space are ignored. Two neighbours swapped count as
  /// one edit. A third of the word's characters may differ, at least one.
  package static func to(_ word: String, among candidates: some Sequence<String>) -> String? {
    let typed = folded(word)
    guard !typed.isEmpty, typed.count <= 64 else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in candidates where candidate.utf8.count <= 256 {
      let distance = distance(typed, folded(candidate))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, typed.count / 3) else { return nil }
    return best.word
  }

  /// Advice that names the nearest word, or else lists what there is.
  package static func advice(for word: String, among candidates: [String]) -> String? {
    if let nearest = to(word, among: candidates) { return "did you mean \"\(nearest)\"?" }
    guard !candidates.isEmpty else { return nil }
    let shown = candidates.prefix(20).joined(separator: ", ")
    return "there are \(shown)" + (candidates.count > 20 ? ", …" : "")
  }

  private static func folded(_ word: String) -> [Character] {
    word.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
  }

  /// The optimal string alignment distance.
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        let change = last[column] + (first[row] == second[column] ? 0 : 1)
        var cost = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, first[row] == second[column - 1],
          first[row - 1] == second[column]
        {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[second.count]
  }
}
