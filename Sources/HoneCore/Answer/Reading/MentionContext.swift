// SPDX-License-Identifier: Apache-2.0

/// Tells from the words around a mention whether it is stated, denied or only listed.
struct MentionContext<Finder: MentionFinder> {
  /// How a mention is meant.
  enum Status {
    case stated
    case negated
    /// One of several options listed, up to a token.
    case enumerated(end: Int)
    /// Joined to another word by a hyphen.
    case partOfWord
    case undecided
  }

  let finder: Finder
  let text: TextTokens

  /// How a mention is meant.
  func status(of mention: Mention) -> Status {
    if isJoinedBefore(mention.start) { return .partOfWord }
    switch isJoinedAfter(mention.end) {
    case .yes: return .partOfWord
    case .undecided: return .undecided
    case .no: break
    }
    switch enumerationEnd(after: mention) {
    case .open: return .undecided
    case .end(let end): return .enumerated(end: end)
    case .none: break
    }
    return isNegated(mention.start) ? .negated : .stated
  }

  private func isJoinedBefore(_ start: Int) -> Bool {
    text.isMark(start - 1, "-") && text[start].isAttached && text[start - 1].isAttached
      && text.word(start - 2) != nil
  }

  private func isJoinedAfter(_ end: Int) -> Certainty {
    guard text.isMark(end, "-"), text[end].isAttached else { return .no }
    guard end + 1 < text.count else { return text.isOpen ? .undecided : .no }
    return text.word(end + 1) != nil && text[end + 1].isAttached ? .yes : .no
  }

  private enum Enumeration {
    case none
    case open
    case end(Int)
  }

  /// Follows "yes or no", "yes/no" and "A, B and C" to the end of the list.
  private func enumerationEnd(after mention: Mention) -> Enumeration {
    var last = mention
    var isList = false
    while true {
      guard last.end < text.count else {
        if text.isOpen { return .open }
        break
      }
      guard let next = separatorEnd(last.end) else { break }
      guard next < text.count else {
        if text.isOpen { return .open }
        break
      }
      switch finder.mention(at: next, in: text, isDirect: true) {
      case .undecided: return .open
      case .found(let other) where other.option != last.option:
        isList = true
        last = other
        continue
      default: break
      }
      break
    }
    return isList ? .end(last.end) : .none
  }

  /// The token after "/", "|", "or", "and", or a comma, if the kind lists with commas.
  private func separatorEnd(_ start: Int) -> Int? {
    if text.isMark(start, "/") || text.isMark(start, "|") { return start + 1 }
    let end = finder.listsWithCommas && text.isMark(start, ",") ? start + 1 : start
    if let word = text.word(end), word == "or" || word == "and" || word == "nor" || word == "vs" {
      return end + 1
    }
    return end > start ? end : nil
  }

  private func isNegated(_ start: Int) -> Bool {
    guard let before = text.word(start - 1) else { return false }
    if Negation.isNegator(before) { return true }
    guard Negation.between.contains(before), let first = text.word(start - 2) else { return false }
    return Negation.isNegator(first)
  }
}

/// Words that deny what follows.
enum Negation {
  static let negators: Set<String> = ["not", "never", "neither", "hardly", "cannot"]

  /// Words that may stand between a negator and what it denies.
  static let between: Set<String> = [
    "a", "an", "the", "really", "entirely", "necessarily", "fully", "very", "quite", "clearly",
    "deductively", "logically", "exactly", "be", "option", "of", "at", "actually",
  ]

  /// Whether a word in lower case denies what follows, such as "not" and "isn't".
  static func isNegator(_ word: String) -> Bool {
    negators.contains(word) || word.hasSuffix("n't")
  }
}
