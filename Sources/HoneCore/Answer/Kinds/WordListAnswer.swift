// SPDX-License-Identifier: Apache-2.0

/// A list of words in order: lower case, one space between them.
///
/// Read is what follows the first announcement ("the answer is"), or else the first colon of the
/// first line: up to an empty line, or, when the first line is an item with a bullet or a number, all
/// items. Commas, semicolons and line ends separate words as spaces do; "and" after a comma and marks
/// around a word are left out.
struct WordListAnswer: AnswerReader {
  var name: String { "word list" }
  var options: [String]? { nil }

  var finalTurnRequest: String {
    "Give the final answer only: the words in order, separated by spaces."
  }

  func read(_ response: String) -> String? {
    let text = AnnouncedText(response)
    if case .found(let answer) = announced(in: text) { return answer }
    guard var start = text.contentStart(from: 0) else { return nil }
    // An introduction ends with a colon; there may be two, one after the other.
    for _ in 0..<3 {
      let line = text.line(from: start).range
      guard let colon = line.first(where: { text.scalars[$0] == ":" }),
        let next = text.contentStart(from: colon + 1)
      else { break }
      start = next
    }
    return words(from: start, in: text)
  }

  func isDecided(_ partial: String) -> Bool {
    if case .found = announced(in: AnnouncedText(partial, isOpen: true)) { return true }
    return false
  }

  func normalForm(ofReference reference: String) -> String {
    Self.join(reference[...].split(whereSeparator: \.isNewline).map { Self.withoutBullet($0) })
      ?? reference.trimmed
  }

  private func announced(in text: AnnouncedText) -> AnnouncedText.Visit<String> {
    text.firstAnnounced(after: { start in
      guard let content = text.contentStart(from: start) else {
        return text.isOpen ? .undecided : .none
      }
      let firstLine = text.line(from: content)
      guard firstLine.isComplete else { return .undecided }
      if Self.hasBullet(text.text(firstLine.range)) {
        // More items may follow after an empty line.
        if text.isOpen { return .undecided }
      } else if !text.paragraph(from: content).isComplete {
        return .undecided
      }
      return words(from: content, in: text).map { .found($0) } ?? .none
    })
  }

  private func words(from start: Int, in text: AnnouncedText) -> String? {
    guard Self.hasBullet(text.text(text.line(from: start).range)) else {
      return Self.join([Substring(text.text(text.paragraph(from: start).range))])
    }
    var items: [Substring] = []
    for line in text.text(start..<text.scalars.count).split(whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) { continue }
      guard Self.hasBullet(String(line)) else { break }
      items.append(Self.withoutBullet(line))
    }
    return Self.join(items)
  }

  private static func hasBullet(_ line: String) -> Bool {
    withoutBullet(line[...]).count < line.drop(while: \.isWhitespace).count
  }

  /// A line without "-", "*", "•" or "12." at its beginning.
  private static func withoutBullet(_ line: Substring) -> Substring {
    let line = line.drop(while: \.isWhitespace)
    var rest = line
    if let first = rest.first, "-*•+".contains(first) {
      rest = rest.dropFirst()
    } else {
      let digits = rest.prefix(while: { $0.isASCII && $0.isNumber })
      rest = rest.dropFirst(digits.count)
      guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" else { return line }
      rest = rest.dropFirst()
    }
    guard let space = rest.first, space.isWhitespace else { return line }
    return rest.drop(while: \.isWhitespace)
  }

  private static func join(_ parts: [Substring]) -> String? {
    var words: [String] = []
    for part in parts {
      var isAfterComma = false
      for piece in part.split(whereSeparator: { $0.isWhitespace }) {
        for (index, raw) in piece.split(whereSeparator: { $0 == "," || $0 == ";" }).enumerated() {
          let word = String(raw).withoutOuterMarks.lowercased()
          if word.isEmpty || word == "and" && isAfterComma && index == 0 { continue }
          words.append(word)
        }
        isAfterComma = piece.last == "," || piece.last == ";"
      }
    }
    words.removeAll { $0.unicodeScalars.allSatisfy { $0.isPunctuation } }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
