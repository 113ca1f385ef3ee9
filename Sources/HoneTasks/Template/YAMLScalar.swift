// SPDX-License-Identifier: Apache-2.0

/// Writes texts so that YAML reads them back as they are.
enum YAMLScalar {
  /// The text as it is where that is safe, or else in double quotes.
  static func written(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  /// Whether the text begins with a letter and holds nothing that YAML gives a meaning to.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic,
      text.utf8.count <= 90, text.last != " "
    else { return false }
    let isSafe = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || " -_.'/".unicodeScalars.contains($0)
    }
    return isSafe && !reserved.contains(text.lowercased())
  }

  /// Words that some readers of YAML take for something else.
  private static let reserved: Set<String> = [
    "true", "false", "null", "yes", "no", "on", "off", "y", "n",
  ]

  /// The text in double quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        let isUnprintable =
          scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
        if isUnprintable {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
