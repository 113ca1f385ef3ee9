// SPDX-License-Identifier: Apache-2.0

/// The columns that text takes in a terminal, and cutting to them.
public enum DisplayWidth {
  /// The columns of a text on one line.
  public static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The columns of a character: 2 for wide scripts and emoji, 0 for marks alone, else 1.
  public static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.properties.isEmojiPresentation || isWide(first.value) { return 2 }
    if character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }

  /// The text cut to a number of columns, with `…` where something is missing.
  public static func cut(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      let width = of(character)
      guard used + width <= columns - 1 else { break }
      result.append(character)
      used += width
    }
    return result + "…"
  }

  /// The text filled up with spaces to a number of columns.
  public static func pad(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - of(text)))
  }

  /// The text in lines of at most so many columns, broken at spaces where there are any.
  public static func wrap(_ text: String, to columns: Int) -> [String] {
    let columns = max(columns, 1)
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      wrapLine(String(line), to: columns)
    }
  }

  private static func wrapLine(_ line: String, to columns: Int) -> [String] {
    guard of(line) > columns else { return [line] }
    var lines: [String] = []
    var current = ""
    for word in line.split(separator: " ") {
      for piece in pieces(String(word), of: columns) {
        if current.isEmpty {
          current = piece
        } else if of(current) + 1 + of(piece) <= columns {
          current += " " + piece
        } else {
          lines.append(current)
          current = piece
        }
      }
    }
    if !current.isEmpty { lines.append(current) }
    return lines
  }

  /// A word in parts that fit, for words longer than a line.
  private static func pieces(_ word: String, of columns: Int) -> [String] {
    guard of(word) > columns else { return [word] }
    var pieces = [""]
    var used = 0
    for character in word {
      if used + of(character) > columns, used > 0 {
        pieces.append("")
        used = 0
      }
      pieces[pieces.count - 1].append(character)
      used += of(character)
    }
    return pieces
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
