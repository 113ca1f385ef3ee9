// SPDX-License-Identifier: Apache-2.0

/// A response cut into words, single marks and line ends, in one pass.
///
/// Markdown emphasis and quotation marks are left out, so `**B**` reads like `B`. A word is a run of
/// letters and digits; apostrophes and underscores inside it belong to it. Characters of scripts that
/// are written without spaces are words of their own.
struct TextTokens {
  /// One word, mark or line end.
  struct Token {
    enum Kind { case word, mark, lineEnd }

    var kind: Kind
    /// The text as written.
    var text: String
    /// The text in lower case, with straight apostrophes.
    var lower: String
    /// Whether no space stands before it.
    var isAttached: Bool
    /// Where it begins, in Unicode scalars from the text's beginning.
    var start: Int
    /// Where it ends, likewise.
    var end: Int
  }

  private(set) var tokens: [Token] = []
  /// Whether the text may still grow; a word at its end is then left out, as it may be cut short.
  let isOpen: Bool

  /// Cuts a text.
  init(_ text: String, isOpen: Bool = false) {
    self.isOpen = isOpen
    var word = String.UnicodeScalarView()
    var joint: Unicode.Scalar?
    var attached = false
    var offset = 0
    for scalar in text.unicodeScalars {
      defer { offset += 1 }
      if Self.standsAlone(scalar) {
        endWord(&word, &joint, &attached, offset)
        append(.word, String(scalar), &attached, end: offset + 1)
      } else if Self.isWordPart(scalar) {
        if let held = joint {
          word.append(held)
          joint = nil
        }
        word.append(scalar)
      } else if Self.isJoint(scalar), !word.isEmpty, joint == nil {
        joint = scalar == "\u{2019}" ? "'" : scalar
      } else {
        endWord(&word, &joint, &attached, offset)
        addMark(scalar, &attached, offset)
      }
    }
    // A word that touches the end of an open text may be the beginning of a longer one.
    if !isOpen { endWord(&word, &joint, &attached, offset) }
  }

  var count: Int { tokens.count }

  subscript(index: Int) -> Token { tokens[index] }

  /// The word at an index in lower case; nil for anything else and past the end.
  func word(_ index: Int) -> String? {
    guard tokens.indices.contains(index), tokens[index].kind == .word else { return nil }
    return tokens[index].lower
  }

  /// Whether a given mark stands at an index.
  func isMark(_ index: Int, _ mark: String) -> Bool {
    tokens.indices.contains(index) && tokens[index].kind == .mark && tokens[index].lower == mark
  }

  /// Whether a sentence ends at an index: `.`, `!`, `?`, their full-width forms or a line end.
  func endsSentence(_ index: Int) -> Bool {
    guard tokens.indices.contains(index) else { return false }
    switch tokens[index].kind {
    case .word: return false
    case .lineEnd: return true
    case .mark: return Self.sentenceEnds.contains(tokens[index].lower)
    }
  }

  private static let sentenceEnds: Set<String> = [".", "!", "?", "。", "！", "？", "…"]

  private mutating func append(
    _ kind: Token.Kind, _ text: String, _ attached: inout Bool, end: Int
  ) {
    tokens.append(
      Token(
        kind: kind, text: text, lower: text.lowercased(), isAttached: attached,
        start: end - text.unicodeScalars.count, end: end))
    attached = true
  }

  private mutating func endWord(
    _ word: inout String.UnicodeScalarView, _ joint: inout Unicode.Scalar?, _ attached: inout Bool,
    _ offset: Int
  ) {
    if !word.isEmpty {
      append(.word, String(word), &attached, end: joint == nil ? offset : offset - 1)
      word = String.UnicodeScalarView()
    }
    joint = nil
  }

  private mutating func addMark(
    _ scalar: Unicode.Scalar, _ attached: inout Bool, _ offset: Int
  ) {
    switch scalar {
    case "\n", "\u{2028}", "\u{2029}":
      append(.lineEnd, "\n", &attached, end: offset + 1)
      attached = false
    case "*", "_", "`", "\"", "'", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{AB}",
      "\u{BB}":
      break
    default:
      if scalar.properties.isWhitespace {
        attached = false
      } else if scalar.value != 0xFE0F, scalar.value != 0x200D {
        append(.mark, String(scalar), &attached, end: offset + 1)
      }
    }
  }

  private static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "'" || scalar == "\u{2019}" || scalar == "_"
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar)
    }
    let properties = scalar.properties
    if properties.isAlphabetic { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .otherNumber, .letterNumber:
      return scalar.value != 0xFE0F
    default: return false
    }
  }

  /// Han, kana and Hangul, whose words are not set apart by spaces.
  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0x20000...0x2FA1F:
      true
    default: false
    }
  }
}
