// SPDX-License-Identifier: Apache-2.0

/// Reads which of a kind's options a response gives as its answer.
///
/// The rules, in order; the first that yields an option wins:
/// 1. The response begins with an option.
/// 2. The first announcement ("the answer is", see ``AnswerMarker``) whose clause has an option.
/// 3. In a complete text: the last clause after "is:" or "are:" that has an option.
/// 4. In a complete text: the last sentence begins with an option.
/// 5. In a complete text, for kinds that allow it: the only option mentioned at all, or else the only
///    one in the last sentence that has any.
///
/// Rules 1 and 2 look only at what stands before some point of the text, so what they find in the
/// beginning of a text they find in the whole: decoding may stop there. An option in an enumeration
/// ("yes or no") is passed over, and one after "not" means its opposite or nothing.
struct ClosedAnswerReader<Finder: MentionFinder> {
  let finder: Finder

  /// The option given, the first time it is certain.
  func verdict(in text: TextTokens) -> Verdict {
    switch leading(from: 0, in: text, isResponse: true) {
    case .answer(let option): return .answer(option)
    case .undecided: return .undecided
    case .none: break
    }
    switch announced(in: text) {
    case .answer(let option): return .answer(option)
    case .undecided: return .undecided
    case .none: break
    }
    if text.isOpen { return .undecided }
    let last = afterColon(in: text) ?? closing(in: text) ?? unannounced(in: text)
    return last.map(Verdict.answer) ?? .none
  }

  // MARK: Rule 1

  private func leading(from start: Int, in text: TextTokens, isResponse: Bool) -> Verdict {
    var index = start
    while index < text.count {
      switch found(at: index, in: text, isDirect: true) {
      case .undecided: return .undecided
      case .answer(let option, let mention):
        guard isResponse else { return .answer(option) }
        switch finder.leads(mention, in: text) {
        case .yes: return .answer(option)
        case .no: return .none
        case .undecided: return .undecided
        }
      case .skip: return .none
      case .none:
        if let word = text.word(index), !OpeningWords.fillers.contains(word) { return .none }
        index += 1
      }
    }
    return text.isOpen ? .undecided : .none
  }

  // MARK: Rule 2

  private func announced(in text: TextTokens) -> Verdict {
    let marker = AnswerMarker(
      nouns: finder.announcingNouns, readsLetterA: finder.readsLetterAAsAnnouncement,
      acceptsIsCorrect: finder.acceptsIsCorrect)
    var index = 0
    while index < text.count {
      switch marker.match(at: index, in: text) {
      case .none: index += 1
      case .undecided: return .undecided
      case .after(let end):
        if let option = option(before: index, in: text) { return .answer(option) }
        index = end
      case .before(let start):
        switch clause(from: start, in: text) {
        case .answer(let option, _): return .answer(option)
        case .undecided: return .undecided
        case .nothing(let end): index = max(end, index + 1)
        }
      }
    }
    return .none
  }

  /// The last option in the 40 tokens before an announcement that ends with it.
  private func option(before end: Int, in text: TextTokens) -> Int? {
    var index = end - 1
    while index >= max(0, end - 40), !text.endsSentence(index) {
      if case .answer(let option, let mention) = found(at: index, in: text, isDirect: true),
        mention.end <= end
      {
        return option
      }
      index -= 1
    }
    return nil
  }

  private enum Clause {
    case answer(Int, end: Int)
    case nothing(end: Int)
    case undecided
  }

  /// The first option in the clause that begins at a token; empty lines before it do not count.
  private func clause(from start: Int, in text: TextTokens) -> Clause {
    var index = start
    var hasWords = false
    while index < text.count {
      switch found(at: index, in: text, isDirect: !hasWords) {
      case .undecided: return .undecided
      case .answer(let option, let mention): return .answer(option, end: mention.end)
      case .skip(let end):
        hasWords = true
        index = end
      case .none:
        if hasWords, text.endsSentence(index) { return .nothing(end: index) }
        if text.word(index) != nil { hasWords = true }
        index += 1
      }
    }
    return text.isOpen ? .undecided : .nothing(end: index)
  }

  // MARK: Rules 3 and 4

  private func afterColon(in text: TextTokens) -> Int? {
    var last: Int?
    var index = 0
    while index < text.count {
      guard text.isMark(index, ":"), let word = text.word(index - 1), word == "is" || word == "are"
      else {
        index += 1
        continue
      }
      switch clause(from: index + 1, in: text) {
      case .answer(let option, let end):
        last = option
        index = end
      case .nothing(let end): index = max(end, index + 1)
      case .undecided: return last
      }
    }
    return last
  }

  private func closing(in text: TextTokens) -> Int? {
    var start = text.count
    var hasWords = false
    while start > 0 {
      if text.endsSentence(start - 1) {
        if hasWords { break }
      } else {
        hasWords = true
      }
      start -= 1
    }
    guard case .answer(let option) = leading(from: start, in: text, isResponse: false) else {
      return nil
    }
    if finder.closesAlone, (start..<text.count).count(where: { text.word($0) != nil }) > 1 {
      return nil
    }
    return option
  }

  // MARK: Rule 5

  private func unannounced(in text: TextTokens) -> Int? {
    var all: Set<Int> = []
    var sentence: Set<Int> = []
    var latest: Set<Int> = []
    var hasWords = false
    var index = 0
    while index < text.count {
      switch found(at: index, in: text, isDirect: false) {
      case .answer(let option, let mention):
        if finder.countsUnannounced(mention, in: text) {
          all.insert(option)
          // An option at a sentence's beginning is one of a list; rule 4 has seen the last sentence.
          if hasWords { sentence.insert(option) }
        }
        index = max(mention.end, index + 1)
        hasWords = true
      case .skip(let end):
        index = max(end, index + 1)
        hasWords = true
      case .none, .undecided:
        if text.endsSentence(index) {
          if !sentence.isEmpty { latest = sentence }
          sentence = []
          hasWords = false
        } else if text.word(index) != nil {
          hasWords = true
        }
        index += 1
      }
    }
    if !sentence.isEmpty { latest = sentence }
    return all.count == 1 ? all.first : latest.count == 1 ? latest.first : nil
  }

  // MARK: One mention

  private enum Found {
    case none
    case undecided
    case answer(Int, Mention)
    /// Options that are not an answer, up to a token.
    case skip(Int)
  }

  /// The option stated at a token, with enumerations and negations taken into account.
  private func found(at index: Int, in text: TextTokens, isDirect: Bool) -> Found {
    switch finder.mention(at: index, in: text, isDirect: isDirect) {
    case .none: return .none
    case .undecided: return .undecided
    case .found(let mention):
      switch MentionContext(finder: finder, text: text).status(of: mention) {
      case .undecided: return .undecided
      case .enumerated(let end): return .skip(end)
      case .partOfWord: return .skip(mention.end)
      case .negated:
        guard let opposite = mention.opposite else { return .skip(mention.end) }
        return .answer(opposite, mention)
      case .stated: return .answer(mention.option, mention)
      }
    }
  }
}

/// Words that may stand before an answer at the beginning.
private enum OpeningWords {
  static let fillers: Set<String> = [
    "so", "well", "sure", "ok", "okay", "therefore", "thus", "hence", "certainly", "definitely",
    "not",
  ]
}
