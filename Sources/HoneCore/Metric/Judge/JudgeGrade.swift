// SPDX-License-Identifier: Apache-2.0

/// A judge's grade and the reasons given for it.
public struct JudgeGrade: Sendable, Hashable {
  /// The grade, from 0 to 10.
  public var grade: Double
  /// What the judge wrote before the grade.
  public var reasons: String

  /// Reads the last grade in a judgement: a number from 0 to 10 after the word "grade" or "score", or
  /// alone on the last line; nil when there is none in that range.
  public init?(_ judgement: String) {
    let text = AnnouncedText(judgement)
    var found: (grade: Double, start: Int)?
    for index in 0..<text.tokens.count {
      guard let word = text.tokens.word(index), word == "grade" || word == "score" else { continue }
      if let grade = Self.grade(after: index, in: text) {
        found = (grade, text.tokens[index].start)
      }
    }
    if let found {
      grade = found.grade
      reasons = text.text(0..<found.start).withoutTrailingMarks
    } else if let line = judgement.split(whereSeparator: \.isNewline).last(where: {
      !$0.trimmed.isEmpty
    }),
      let number = Self.number(in: Array(line.trimmed.unicodeScalars), alone: true)
    {
      grade = number
      reasons = String(judgement[..<line.startIndex]).trimmed
    } else {
      return nil
    }
  }

  /// The grade as a score in 0…1 with the reasons as feedback, or a failure when there is none.
  public static func outcome(of judgement: String) -> Outcome {
    if let grade = JudgeGrade(judgement) {
      let reasons = grade.reasons
      return .scored(Score(grade.grade / 10, feedback: reasons.isEmpty ? nil : reasons))
    }
    return .failed(
      ModelError(
        .unsupported,
        "the judge gave no grade from 0 to 10 in the form \"Grade: 7\", but wrote "
          + "\"\(judgement.collapsed.prefix(120))\"; name a more capable judge"))
  }

  /// The number after the word at a token, with ":", "=", "is" or "of" between.
  private static func grade(after index: Int, in text: AnnouncedText) -> Double? {
    let tokens = text.tokens
    var next = index + 1
    while next < tokens.count, next < index + 4 {
      let token = tokens[next]
      guard token.kind != .lineEnd, [":", "=", "is", "of", "–", "—", "："].contains(token.lower)
      else { break }
      next += 1
    }
    let start = tokens[next - 1].end
    return number(
      in: Array(text.scalars[start..<min(start + 24, text.scalars.count)]), alone: false)
  }

  /// A number from 0 to 10 at the beginning of a text, perhaps out of 10; `alone` allows no more.
  private static func number(in scalars: [Unicode.Scalar], alone: Bool) -> Double? {
    func isMark(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "*" || scalar == "_" || scalar == "`"
    }
    let content = scalars.drop { isMark($0) }
    let digits = content.prefix { ("0"..."9").contains($0) || $0 == "." }
    var number = String(String.UnicodeScalarView(digits))
    if number.hasSuffix(".") { number.removeLast() }
    guard let value = Double(number), (0...10).contains(value) else { return nil }
    let after = content.dropFirst(digits.count).prefix { !AnnouncedText.endsLine($0) }
    // "7th" is no grade.
    if after.first?.properties.isAlphabetic == true { return nil }
    var rest = String(String.UnicodeScalarView(after.filter { !isMark($0) }))[...]
    for scale in ["/", "outof"] where rest.hasPrefix(scale) {
      rest = rest.dropFirst(scale.count)
      let most = rest.prefix(while: \.isNumber)
      guard most == "10" else { return nil }
      rest = rest.dropFirst(2)
    }
    return !alone || rest.isEmpty || rest == "." ? value : nil
  }
}

extension String {
  /// The text without white space and Markdown marks at its end and white space at its beginning.
  fileprivate var withoutTrailingMarks: String {
    let end = lastIndex { !$0.isWhitespace && $0 != "*" && $0 != "#" && $0 != "_" }
    guard let end else { return "" }
    return String(self[...end]).trimmed
  }
}
