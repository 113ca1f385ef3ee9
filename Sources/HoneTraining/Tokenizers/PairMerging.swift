// SPDX-License-Identifier: Apache-2.0

/// The merges of a byte-pair vocabulary, carried out on one piece of text.
struct PairMerging: Sendable {
  /// Two neighbours.
  struct Pair: Sendable, Hashable {
    var left: Int32
    var right: Int32
  }

  /// What neighbours become, and how early.
  struct Merge: Sendable, Hashable {
    var rank: Int
    var token: Int32
  }

  private let merges: [Pair: Merge]

  /// Takes pairs of tokens, the earliest first.
  /// - Throws: ``TrainingError`` of kind `badModel` for a merge whose parts or result are no tokens.
  init(
    _ pairs: [(left: String, right: String)], ids: [String: Int32]
  ) throws(TrainingError) {
    var table: [Pair: Merge] = [:]
    table.reserveCapacity(pairs.count)
    for (rank, merge) in pairs.enumerated() {
      guard let left = ids[merge.left], let right = ids[merge.right],
        let whole = ids[merge.left + merge.right]
      else {
        throw TrainingError(
          .badModel,
          "Merge \(rank + 1) of the tokenizer joins “\(merge.left)” and “\(merge.right)”, which with"
            + " what they make are not all tokens.")
      }
      let pair = Pair(left: left, right: right)
      if table[pair] == nil { table[pair] = Merge(rank: rank, token: whole) }
    }
    merges = table
  }

  /// The number of each token, the first where one is there twice.
  static func numbers(of tokens: [String]) -> [String: Int32] {
    var ids: [String: Int32] = [:]
    for (number, token) in tokens.enumerated() where ids[token] == nil {
      ids[token] = Int32(number)
    }
    return ids
  }

  /// The tokens of a piece after all merges, the earliest rank first and of equals the leftmost.
  ///
  /// Takes n · log n time, as a long piece without a blank must not stop the world.
  func merged(_ tokens: [Int32]) -> [Int32] {
    guard tokens.count > 1 else { return tokens }
    var tokens = tokens
    var next = Array(1...tokens.count)
    var previous = Array(-1..<(tokens.count - 1))
    var isGone = [Bool](repeating: false, count: tokens.count)
    var queue = MergeQueue()
    func offer(_ left: Int) {
      guard left >= 0, next[left] < tokens.count else { return }
      let pair = Pair(left: tokens[left], right: tokens[next[left]])
      guard let merge = merges[pair] else { return }
      queue.push(MergeQueue.Entry(rank: merge.rank, place: left, pair: pair, token: merge.token))
    }
    for place in 0..<(tokens.count - 1) { offer(place) }
    while let entry = queue.pop() {
      let (left, right) = (entry.place, next[entry.place])
      // What was offered may have been merged away since.
      guard !isGone[left], right < tokens.count,
        Pair(left: tokens[left], right: tokens[right]) == entry.pair
      else { continue }
      tokens[left] = entry.token
      isGone[right] = true
      next[left] = next[right]
      if next[left] < tokens.count { previous[next[left]] = left }
      offer(previous[left])
      offer(left)
    }
    return tokens.indices.filter { !isGone[$0] }.map { tokens[$0] }
  }
}

/// Merges that may be made, the earliest first.
struct MergeQueue {
  struct Entry {
    var rank: Int
    var place: Int
    var pair: PairMerging.Pair
    var token: Int32

    func isBefore(_ other: Entry) -> Bool { (rank, place) < (other.rank, other.place) }
  }

  private var entries: [Entry] = []

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var place = entries.count - 1
    while place > 0, entries[place].isBefore(entries[(place - 1) / 2]) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func pop() -> Entry? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    guard !entries.isEmpty else { return first }
    entries[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < entries.count && entries[child].isBefore(entries[least]) { least = child }
      guard least != place else { return first }
      entries.swapAt(place, least)
      place = least
    }
  }
}
