// SPDX-License-Identifier: Apache-2.0

/// The rules by which a number is read from a response, see ``NumberAnswer``.
struct NumberReading {
  private let text: AnnouncedText

  init(_ response: String, isOpen: Bool = false) {
    text = AnnouncedText(response, isOpen: isOpen)
  }

  /// Rules 1 and 2, which a longer text does not change.
  func certain() -> AnnouncedText.Visit<DecimalText> {
    switch firstLine() {
    case .found(let number): return .found(number)
    case .undecided: return .undecided
    case .none: return announced()
    }
  }

  // MARK: Rule 1

  private func firstLine() -> AnnouncedText.Visit<DecimalText> {
    guard let start = text.contentStart(from: 0) else { return text.isOpen ? .undecided : .none }
    if beginsWithOtherWord() { return .none }
    let line = text.line(from: start)
    guard line.isComplete else { return .undecided }
    // A longer line than this has more than a number and two words.
    guard line.range.count <= 200 else { return .none }
    let scanner = NumberScanner(text.scalars[line.range])
    let tokens = tokenRange(line.range)
    let number: DecimalText
    let numberTokens: Range<Int>
    let found = scanner.all()
    if found.count == 1, let only = found.first {
      number = only.number
      numberTokens = tokenRange(only.range)
    } else if found.isEmpty, let words = onlyWordNumber(in: tokens) {
      number = DecimalText(Double(words.value))
      numberTokens = words.tokens
    } else {
      return .none
    }
    let before = (tokens.lowerBound..<numberTokens.lowerBound)
    guard !before.contains(where: { text.tokens[$0].kind == .word && !isSign($0) }) else {
      return .none
    }
    let after = (numberTokens.upperBound..<tokens.upperBound).map { text.tokens[$0] }
    let words = after.count { $0.kind == .word }
    // "1. First" and "2) Then" begin lists; "3 steps:" announces something.
    let beginsList = words > 0 && after.first?.kind == .mark && after.first?.lower != "%"
    return words <= 2 && !beginsList && after.last?.lower != ":" ? .found(number) : .none
  }

  /// Whether the first word is certain to be no number, so that the line need not be waited for.
  private func beginsWithOtherWord() -> Bool {
    guard let index = (0..<text.tokens.count).first(where: { text.tokens[$0].kind == .word }) else {
      return false
    }
    let word = text.tokens[index].lower
    return !isSign(index) && !NumberWords.isPart(word)
      && !word.unicodeScalars.contains { $0.properties.numericType != nil }
  }

  private func onlyWordNumber(in tokens: Range<Int>) -> NumberWords.Found? {
    let found = NumberWords.all(in: text.tokens, tokens: tokens)
    return found.count == 1 ? found.first : nil
  }

  private func isSign(_ index: Int) -> Bool {
    ["minus", "negative"].contains(text.tokens.word(index))
  }

  // MARK: Rule 2

  private func announced() -> AnnouncedText.Visit<DecimalText> {
    var searched = 0
    let visit = text.firstAnnounced(after: { start -> AnnouncedText.Visit<DecimalText> in
      // A second announcement in a clause without a number finds none either.
      if start < searched { return .none }
      guard let content = text.contentStart(from: start) else {
        return text.isOpen ? .undecided : .none
      }
      let clause = clause(from: content)
      guard clause.isComplete else { return .undecided }
      searched = clause.range.upperBound
      return number(in: clause.range).map { .found($0) } ?? .none
    })
    guard case .none = visit else { return visit }
    return boxed()
  }

  private func boxed() -> AnnouncedText.Visit<DecimalText> {
    let tokens = text.tokens
    for index in 0..<tokens.count
    where tokens.word(index) == "boxed" && tokens.isMark(index + 1, "{") {
      let start = tokens[index + 1].end
      let scanner = NumberScanner(text.scalars[start..<min(start + 60, text.scalars.count)])
      if let found = scanner.next(from: start) { return .found(found.number) }
    }
    return .none
  }

  /// From an offset to a line end or to a mark that ends a clause and has white space after it.
  private func clause(from start: Int) -> AnnouncedText.Part {
    let scalars = text.scalars
    var end = start
    while end < scalars.count {
      let scalar = scalars[end]
      if AnnouncedText.endsLine(scalar) {
        return AnnouncedText.Part(range: start..<end, isComplete: true)
      }
      if scalar == "." || scalar == "," || scalar == ";" || scalar == "!" || scalar == "?" {
        guard end + 1 < scalars.count else { break }
        if scalars[end + 1].properties.isWhitespace, end > start {
          return AnnouncedText.Part(range: start..<end, isComplete: true)
        }
      }
      end += 1
    }
    return AnnouncedText.Part(range: start..<scalars.count, isComplete: !text.isOpen)
  }

  private func number(in range: Range<Int>) -> DecimalText? {
    let scanner = NumberScanner(text.scalars[range])
    if let equals = range.last(where: { text.scalars[$0] == "=" }),
      let found = scanner.next(from: equals + 1)
    {
      return found.number
    }
    if let found = scanner.next(from: range.lowerBound) { return found.number }
    return NumberWords.all(in: text.tokens, tokens: tokenRange(range)).first
      .map { DecimalText(Double($0.value)) }
  }

  // MARK: Rules 3 and 4

  func afterColon() -> DecimalText? {
    let tokens = text.tokens
    var last: DecimalText?
    var searched = 0
    for index in 1..<max(1, tokens.count) where tokens.isMark(index, ":") {
      guard tokens.word(index - 1) == "is" || tokens.word(index - 1) == "are",
        tokens[index].end >= searched, let content = text.contentStart(from: tokens[index].end)
      else { continue }
      let clause = clause(from: content).range
      searched = clause.upperBound
      if let found = NumberScanner(text.scalars[clause]).next(from: clause.lowerBound) {
        last = found.number
      }
    }
    return last
  }

  func inLastLine() -> DecimalText? {
    let scalars = text.scalars
    var end = scalars.count
    while end > 0 {
      var start = end
      while start > 0, !AnnouncedText.endsLine(scalars[start - 1]) { start -= 1 }
      let scanner = NumberScanner(scalars[start..<end])
      if let equals = (start..<end).last(where: { scalars[$0] == "=" }),
        let found = scanner.next(from: equals + 1)
      {
        return found.number
      }
      if let found = scanner.all().last { return found.number }
      end = start - 1
    }
    return nil
  }

  func inWords() -> DecimalText? {
    let tokens = text.tokens
    let words = (0..<tokens.count).filter { tokens[$0].kind == .word }
    let found = NumberWords.all(in: tokens, tokens: 0..<tokens.count).last { number in
      number.value != 1 || number.tokens.lowerBound == words.first
        || number.tokens.lowerBound == words.last
    }
    return found.map { DecimalText(Double($0.value)) }
  }

  /// The tokens that begin inside a range of scalars.
  private func tokenRange(_ range: Range<Int>) -> Range<Int> {
    let lower = firstToken(from: range.lowerBound)
    return lower..<max(lower, firstToken(from: range.upperBound))
  }

  private func firstToken(from offset: Int) -> Int {
    var low = 0
    var high = text.tokens.count
    while low < high {
      let middle = (low + high) / 2
      if text.tokens[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
