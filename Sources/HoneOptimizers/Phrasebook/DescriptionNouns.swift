// SPDX-License-Identifier: Apache-2.0

/// Nouns of a task's description: what is judged, and what is asked of it.
///
/// The rules know a few English verbs and small words; a description in another language gives none.
struct DescriptionNouns: Sendable {
  /// What is judged, such as "movie review".
  private(set) var subjects: [String] = []
  /// What is asked of it, such as "sentiment".
  private(set) var qualities: [String] = []

  /// Reads a description.
  init(_ description: String) {
    let words = Self.words(of: description)
    for (index, word) in words.enumerated() {
      let next = index + 1
      switch word {
      case "of", "whether", "if":
        guard next < words.count, Self.determiners.contains(words[next]) else { continue }
        add(Self.nounPhrase(in: words, from: next + 1), to: \.subjects)
        if word == "of" { add(Self.nounPhrase(in: words, endingAt: index), to: \.qualities) }
      case "which", "what":
        add(Self.nounPhrase(in: words, from: next), to: \.qualities)
      case "read":
        let hasDeterminer = next < words.count && Self.determiners.contains(words[next])
        add(Self.nounPhrase(in: words, from: hasDeterminer ? next + 1 : next), to: \.subjects)
      case _ where Self.verbs.contains(word):
        addObject(in: words, from: next)
      default: continue
      }
    }
  }

  /// The object of a verb is judged when "as", "by" or "into" follows, else it is asked for.
  private mutating func addObject(in words: [String], from start: Int) {
    var start = start
    if start < words.count, Self.determiners.contains(words[start]) { start += 1 }
    let phrase = Self.nounPhrase(in: words, from: start)
    guard !phrase.isEmpty else { return }
    let end = start + phrase.count
    let following = end < words.count ? words[end] : ""
    if ["as", "by", "into"].contains(following) {
      add(phrase, to: \.subjects)
    } else {
      add(phrase, to: \.qualities)
    }
  }

  private mutating func add(_ phrase: [String], to list: WritableKeyPath<Self, [String]>) {
    guard (1...3).contains(phrase.count) else { return }
    let text = phrase.joined(separator: " ")
    if !self[keyPath: list].contains(text) { self[keyPath: list].append(text) }
    // The head noun alone is often the better word.
    if phrase.count > 1, let head = phrase.last, !self[keyPath: list].contains(head) {
      self[keyPath: list].append(head)
    }
  }

  private static func nounPhrase(in words: [String], from start: Int) -> [String] {
    guard start < words.count else { return [] }
    return Array(words[start...].prefix { !smallWords.contains($0) && !determiners.contains($0) })
  }

  private static func nounPhrase(in words: [String], endingAt end: Int) -> [String] {
    let before = words[..<end].reversed().prefix {
      !smallWords.contains($0) && !determiners.contains($0) && !verbs.contains($0)
    }
    return before.reversed()
  }

  /// Words in lower case; a mark that ends a phrase becomes a word of its own.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    for piece in text.lowercased().split(whereSeparator: \.isWhitespace) {
      let word = piece.trimmingMarks
      if !word.isEmpty { words.append(word) }
      if let last = piece.last, ".,;:!?()".contains(last) { words.append(".") }
    }
    return words
  }

  private static let determiners: Set<String> = [
    "a", "an", "the", "this", "that", "each", "every", "its", "their", "these", "given", "some",
  ]

  private static let verbs: Set<String> = [
    "classify", "label", "sort", "rate", "judge", "grade", "identify", "determine", "predict",
    "find", "name", "assign", "detect", "recognize", "recognise", "categorize", "categorise",
    "tell", "choose", "pick", "give", "state", "extract", "count", "compute", "translate", "write",
    "decide",
  ]

  private static let smallWords: Set<String> = [
    ".", "as", "is", "are", "was", "were", "be", "by", "into", "in", "on", "of", "to", "with",
    "for",
    "from", "which", "or", "and", "whether", "if", "using", "can", "could", "should", "must", "has",
    "have", "it", "at", "about", "what", "who", "how", "not", "no", "than", "then", "when", "where",
    "while", "so", "but", "them", "they", "you", "your", "one", "does", "do", "makes", "expresses",
    "says", "asks", "belongs", "contains", "describes", "shows", "sounds",
  ]
}

extension Substring {
  /// The word without marks around it.
  fileprivate var trimmingMarks: String {
    let isMark: (Character) -> Bool = { !($0.isLetter || $0.isNumber) }
    var word = self
    while let first = word.first, isMark(first) { word.removeFirst() }
    while let last = word.last, isMark(last) { word.removeLast() }
    return String(word)
  }
}
