// SPDX-License-Identifier: Apache-2.0

/// What an announcement such as "the answer is" leaves to be read, for kinds without options.
struct AnnouncedText {
  /// The response's Unicode scalars.
  let scalars: [Unicode.Scalar]
  /// Its words and marks.
  let tokens: TextTokens

  init(_ text: String, isOpen: Bool = false) {
    scalars = Array(text.unicodeScalars)
    tokens = TextTokens(text, isOpen: isOpen)
  }

  var isOpen: Bool { tokens.isOpen }

  /// A part of the text and whether its end is certain.
  struct Part {
    var range: Range<Int>
    var isComplete: Bool
  }

  /// What visiting one announcement came to.
  enum Visit<Value> {
    case found(Value)
    case none
    case undecided
  }

  /// Gives where each announced text begins, or the sentence before "is the correct answer", to
  /// `read`, in order, until one gives a value or cannot be decided.
  func firstAnnounced<Value>(
    after: (_ start: Int) -> Visit<Value>, before: (_ sentence: Range<Int>) -> Value? = { _ in nil }
  ) -> Visit<Value> {
    let marker = AnswerMarker(readsLetterA: true)
    var index = 0
    var sentence = 0
    while index < tokens.count {
      switch marker.match(at: index, in: tokens) {
      case .undecided: return .undecided
      case .none: break
      case .before(let first):
        let start = tokens[first - 1].end
        switch after(start) {
        case .found(let value): return .found(value)
        case .undecided: return .undecided
        case .none: index = first - 1
        }
      case .after(let end):
        if tokens.word(end - 2) != "the", tokens[sentence].start < tokens[index].start,
          let value = before(tokens[sentence].start..<tokens[index].start)
        {
          return .found(value)
        }
        index = end - 1
      }
      if tokens.endsSentence(index) { sentence = index + 1 }
      index += 1
    }
    return isOpen ? .undecided : .none
  }

  /// The text of a range.
  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// The line that begins at an offset, without its end.
  func line(from start: Int) -> Part {
    var end = start
    while end < scalars.count, !Self.endsLine(scalars[end]) { end += 1 }
    return Part(range: start..<end, isComplete: end < scalars.count || !isOpen)
  }

  /// The lines from an offset up to the next empty one.
  func paragraph(from start: Int) -> Part {
    var end = start
    while end < scalars.count {
      let line = line(from: end)
      if end > start, line.range.allSatisfy({ scalars[$0].properties.isWhitespace }) {
        return Part(range: start..<(end - 1), isComplete: line.isComplete)
      }
      end = line.range.upperBound + 1
    }
    return Part(range: start..<min(end, scalars.count), isComplete: !isOpen)
  }

  /// The first offset at or after the given one that is not white space.
  func contentStart(from start: Int) -> Int? {
    var index = start
    while index < scalars.count {
      if !scalars[index].properties.isWhitespace { return index }
      index += 1
    }
    return nil
  }

  /// Whether a line ends between two offsets.
  func hasLineEnd(in range: Range<Int>) -> Bool {
    range.contains { Self.endsLine(scalars[$0]) }
  }

  static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }
}
