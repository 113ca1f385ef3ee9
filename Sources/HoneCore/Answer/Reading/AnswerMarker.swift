// SPDX-License-Identifier: Apache-2.0

/// Phrases that announce an answer.
///
/// Before it: "answer is", "answer:", "answer =", "answer would be", "answer to … is", "answer" at the
/// end of a line, and `####`. After it: "is the correct answer", "is the final answer" and the like.
struct AnswerMarker {
  /// What stands at a token.
  enum Match {
    case none
    case undecided
    /// An announcement; the answer's clause begins at the token.
    case before(Int)
    /// The answer stands before the announcement, which ends at the token.
    case after(Int)
  }

  private let nouns: Set<String>
  private let readsLetterA: Bool
  private let acceptsIsCorrect: Bool

  /// Creates the markers of a kind.
  init(nouns: Set<String> = [], readsLetterA: Bool = false, acceptsIsCorrect: Bool = false) {
    self.nouns = nouns.union(["answer", "conclusion", "verdict", "prediction"])
    self.readsLetterA = readsLetterA
    self.acceptsIsCorrect = acceptsIsCorrect
  }

  /// The marker that starts at a token.
  func match(at index: Int, in text: TextTokens) -> Match {
    if text.isMark(index, "#") { return hashes(index, text) }
    guard let word = text.word(index) else { return .none }
    if word == "is" { return suffix(index, text) }
    if nouns.contains(word) { return noun(index, text) }
    if readsLetterA, word == "a", index == 0 || text[index - 1].kind == .lineEnd {
      return text.isMark(index + 1, ":") ? .before(index + 2) : .none
    }
    return .none
  }

  private func hashes(_ index: Int, _ text: TextTokens) -> Match {
    if text.isMark(index - 1, "#") { return .none }
    // Up to three are a heading; four are how GSM8K marks its answers.
    for next in (index + 1)..<(index + 4) where !text.isMark(next, "#") {
      return next >= text.count && text.isOpen ? .undecided : .none
    }
    return text.isMark(index + 4, "#") ? .none : .before(index + 4)
  }

  private func noun(_ index: Int, _ text: TextTokens) -> Match {
    let next = index + 1
    guard next < text.count else { return text.isOpen ? .undecided : .none }
    if text[next].kind == .lineEnd { return text[index].lower == "answer" ? .before(next) : .none }
    if text.isMark(next, ":") || text.isMark(next, "=") || text.isMark(next, "：") {
      return .before(next + 1)
    }
    switch text.word(next) {
    case "is", "was": return .before(next + 1)
    case "would", "should", "must", "will":
      if next + 1 >= text.count { return text.isOpen ? .undecided : .none }
      return text.word(next + 1) == "be" ? .before(next + 2) : .none
    case "to", "for": return longNoun(next + 1, text)
    default: return .none
    }
  }

  /// "to the question above is", within eight tokens.
  private func longNoun(_ start: Int, _ text: TextTokens) -> Match {
    for index in start..<(start + 8) {
      guard index < text.count else { return text.isOpen ? .undecided : .none }
      if text.endsSentence(index) { return .none }
      if text.word(index) == "is" || text.isMark(index, ":") { return .before(index + 1) }
    }
    return .none
  }

  private static let praise: Set<String> = [
    "correct", "right", "final", "best", "most", "likely", "appropriate", "only",
  ]

  private func suffix(_ index: Int, _ text: TextTokens) -> Match {
    var next = index + 1
    guard next < text.count else { return text.isOpen ? .undecided : .none }
    if acceptsIsCorrect, let word = text.word(next), word == "correct" || word == "right" {
      return .after(next + 1)
    }
    guard text.word(next) == "the" else { return .none }
    next += 1
    while let word = text.word(next), Self.praise.contains(word), next - index < 5 { next += 1 }
    guard next < text.count else { return text.isOpen ? .undecided : .none }
    guard let word = text.word(next), nouns.contains(word) else { return .none }
    // "B is the answer: A" would announce what follows.
    return .after(next + 1)
  }
}
