// SPDX-License-Identifier: Apache-2.0

/// Text from a model made safe to show: nothing in it can steer a terminal or turn around a line.
public enum VisibleText {
  /// The text with control characters and direction overrides written as visible marks.
  ///
  /// Line feeds and tabs stay. `ESC` becomes `␛`, U+202E becomes `⟨U+202E⟩`. Letters of right-to-left
  /// scripts stay as they are.
  public static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isHidden(scalar) else {
        result.append(scalar)
        continue
      }
      if let picture = picture(of: scalar) {
        result.append(picture)
      } else {
        result.append(contentsOf: "⟨U+\(hex(scalar))⟩".unicodeScalars)
      }
    }
    return String(result)
  }

  /// The text on one line: line breaks and tabs become `⏎` and a space.
  public static func line(_ text: String) -> String {
    let trimmed = text.drop { $0.isWhitespace }
    let words = of(String(trimmed)).split(
      omittingEmptySubsequences: true, whereSeparator: { $0.isNewline })
    return words.map { $0.replacing("\t", with: " ") }.joined(separator: " ⏎ ")
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }

  /// Unicode has a picture for each of the old control characters.
  private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7F: Unicode.Scalar(0x2421)
    default: nil
    }
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
