// SPDX-License-Identifier: Apache-2.0

/// A letter of a multiple choice.
///
/// Read are "(B)", "[B]", "B)", "B." and a capital "B" that stands alone. "A" and "I" followed by a
/// word are an answer only after "is"; a small letter only where an answer is expected and nothing
/// but marks follow. A response that begins by listing the options is not answered by the first.
struct ChoiceAnswer: ClosedAnswer {
  let closedOptions: [String]
  let finder: ChoiceMentions

  /// Creates the kind with letters up to the last; `B` when the last is not a letter.
  init(last: String) {
    let given = last.trimmed.uppercased().unicodeScalars.first.map { Int($0.value) } ?? 66
    let end = (65...90).contains(given) ? given : 66
    closedOptions = (65...end).map { String(UnicodeScalar(UInt8($0))) }
    finder = ChoiceMentions(count: end - 64)
  }

  var name: String { "choice" }

  var finalTurnRequest: String {
    let range = "\(closedOptions.first ?? "A") to \(closedOptions.last ?? "A")"
    return "Give the final answer only, as one letter from \(range)."
  }
}

/// Finds letters of options.
struct ChoiceMentions: MentionFinder {
  let count: Int

  var announcingNouns: Set<String> { ["option", "choice", "letter"] }
  var readsLetterAAsAnnouncement: Bool { false }
  var acceptsIsCorrect: Bool { true }
  var closesAlone: Bool { true }

  func mention(at index: Int, in text: TextTokens, isDirect: Bool) -> MentionMatch {
    if text[index].kind == .mark { return bracketed(at: index, in: text) }
    guard let option = letter(index, text) else { return .none }
    let mention = Mention(option: option, start: index, end: index + 1, opposite: nil)
    guard index + 1 < text.count else { return text.isOpen ? .undecided : .found(mention) }
    if text.isMark(index + 1, ")"), text[index + 1].isAttached {
      return .found(Mention(option: option, start: index, end: index + 2, opposite: nil))
    }
    if text.isMark(index + 1, "."), text[index + 1].isAttached {
      // "D.C." is no answer.
      guard index + 2 < text.count else { return text.isOpen ? .undecided : .found(mention) }
      if text.word(index + 2)?.count == 1, text[index + 2].isAttached { return .none }
    }
    return stands(mention, in: text, isDirect: isDirect) ? .found(mention) : .none
  }

  func countsUnannounced(_ mention: Mention, in text: TextTokens) -> Bool {
    mention.end - mention.start == 3
  }

  /// Whether the first letter of a response answers it, rather than beginning a list or a sentence.
  func leads(_ mention: Mention, in text: TextTokens) -> Certainty {
    var index = mention.end
    guard index < text.count else { return text.isOpen ? .undecided : .yes }
    if countsUnannounced(mention, in: text), text.isMark(index, ".") || text.isMark(index, ",") {
      return .yes
    }
    if mention.option == 0, text.isMark(index, ":") {
      switch announces(from: index + 1, in: text) {
      case .yes: return .no
      case .undecided: return .undecided
      case .no: break
      }
    }
    if let next = text.word(index), Self.verbs.contains(next) {
      return next == "is" ? isPraised(index + 1, in: text) : .no
    }
    while index < text.count, text[index].kind != .lineEnd { index += 1 }
    while index < text.count, text[index].kind == .lineEnd { index += 1 }
    guard index < text.count else { return text.isOpen ? .undecided : .yes }
    switch self.mention(at: index, in: text, isDirect: true) {
    case .undecided: return .undecided
    case .none: return .yes
    case .found(let other): return other.option == mention.option ? .yes : .no
    }
  }

  /// Whether "A:" at the beginning stands for "answer:", which another letter or phrase shows.
  private func announces(from start: Int, in text: TextTokens) -> Certainty {
    guard start + 2 < text.count || !text.isOpen else { return .undecided }
    if text.word(start) == "the" || text.word(start) == "answer" {
      return text.word(start + 1) == "answer" || text.word(start) == "answer" ? .yes : .no
    }
    guard start < text.count else { return .no }
    if case .found = mention(at: start, in: text, isDirect: true) { return .yes }
    return .no
  }

  private static let verbs: Set<String> = [
    "is", "isn't", "was", "are", "would", "could", "can", "cannot", "can't", "does", "doesn't",
    "has", "seems", "and", "or", "vs",
  ]

  private func isPraised(_ start: Int, in text: TextTokens) -> Certainty {
    var index = start
    while let word = text.word(index), index < start + 4 {
      if ["correct", "right", "true", "best", "answer"].contains(word) { return .yes }
      guard ["the", "most", "likely", "clearly"].contains(word) else { return .no }
      index += 1
    }
    return index >= text.count && text.isOpen ? .undecided : .no
  }

  private func bracketed(at index: Int, in text: TextTokens) -> MentionMatch {
    let closing: String
    switch text[index].lower {
    case "(": closing = ")"
    case "[": closing = "]"
    case "{": closing = "}"
    default: return .none
    }
    guard index + 1 < text.count else { return text.isOpen ? .undecided : .none }
    guard let option = letter(index + 1, text) else { return .none }
    guard index + 2 < text.count else { return text.isOpen ? .undecided : .none }
    guard text.isMark(index + 2, closing) else { return .none }
    return .found(Mention(option: option, start: index, end: index + 3, opposite: nil))
  }

  private func letter(_ index: Int, _ text: TextTokens) -> Int? {
    guard let word = text.word(index), word.utf8.count == 1, let byte = word.utf8.first,
      byte >= 97, Int(byte) - 97 < count
    else { return nil }
    return Int(byte) - 97
  }

  /// Whether a letter without brackets is meant as an option.
  private func stands(_ mention: Mention, in text: TextTokens, isDirect: Bool) -> Bool {
    let index = mention.start
    let isFollowedByWord = text.word(index + 1) != nil
    let written = text[index].text
    guard written == text[index].lower else {
      guard isFollowedByWord, written == "A" || written == "I" else { return true }
      return isDirect && ["is", "option", "choice", "letter"].contains(text.word(index - 1))
    }
    return isDirect && !isFollowedByWord
  }
}
