// SPDX-License-Identifier: Apache-2.0

/// What changed between two texts, word by word, by their longest common subsequence of words.
public struct WordDiff: Sendable, Hashable {
  /// A stretch of words that stayed, went or came.
  public enum Piece: Sendable, Hashable {
    case kept(String)
    case removed(String)
    case added(String)
  }

  /// The stretches in reading order; what went stands before what came in its place.
  public let pieces: [Piece]
  /// Words that went.
  public let removedWords: Int
  /// Words that came.
  public let addedWords: Int

  /// Compares two texts.
  ///
  /// A word is a run of characters other than white space. The time grows with the product of the
  /// two numbers of words, after equal beginnings and ends are set aside.
  public init(from old: String, to new: String) {
    let old = Self.words(old)
    let new = Self.words(new)
    var tagged: [(tag: Tag, word: String)] = []
    let start = zip(old, new).prefix { $0.0 == $0.1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
      .prefix { $0.0 == $0.1 }.count
    tagged += old.prefix(start).map { (.kept, $0) }
    tagged += Self.aligned(
      Array(old.dropFirst(start).dropLast(end)), Array(new.dropFirst(start).dropLast(end)))
    tagged += old.suffix(end).map { (.kept, $0) }
    removedWords = tagged.count { $0.tag == .removed }
    addedWords = tagged.count { $0.tag == .added }
    pieces = Self.stretches(tagged)
  }

  /// Whether the texts have the same words.
  public var isEmpty: Bool { removedWords + addedWords == 0 }

  private enum Tag { case kept, removed, added }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// The words of both texts in order, tagged, by the classical table of common lengths.
  private static func aligned(_ old: [String], _ new: [String]) -> [(tag: Tag, word: String)] {
    let width = new.count + 1
    var common = [Int](repeating: 0, count: (old.count + 1) * width)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        common[i * width + j] =
          old[i] == new[j]
          ? common[(i + 1) * width + j + 1] + 1
          : max(common[(i + 1) * width + j], common[i * width + j + 1])
      }
    }
    var result: [(tag: Tag, word: String)] = []
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      if old[i] == new[j] {
        result.append((.kept, old[i]))
        (i, j) = (i + 1, j + 1)
      } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
        result.append((.removed, old[i]))
        i += 1
      } else {
        result.append((.added, new[j]))
        j += 1
      }
    }
    result += old[i...].map { (.removed, $0) }
    result += new[j...].map { (.added, $0) }
    return result
  }

  private static func stretches(_ tagged: [(tag: Tag, word: String)]) -> [Piece] {
    var pieces: [Piece] = []
    var (removed, added, kept): ([String], [String], [String]) = ([], [], [])
    func text(_ words: [String]) -> String { words.joined(separator: " ") }
    func flushKept() {
      if !kept.isEmpty { pieces.append(.kept(text(kept))) }
      kept = []
    }
    func flushChanges() {
      if !removed.isEmpty { pieces.append(.removed(text(removed))) }
      if !added.isEmpty { pieces.append(.added(text(added))) }
      (removed, added) = ([], [])
    }
    for (tag, word) in tagged {
      switch tag {
      case .kept:
        flushChanges()
        kept.append(word)
      case .removed:
        flushKept()
        removed.append(word)
      case .added:
        flushKept()
        added.append(word)
      }
    }
    flushKept()
    flushChanges()
    return pieces
  }
}
