// SPDX-License-Identifier: Apache-2.0

/// Values of fields in a YAML mapping, as far as replies need it: plain and quoted texts, blocks, and
/// lists on a line or below their key.
enum YAMLValue {
  /// A value as it stands after its key.
  static func written(_ value: String, as type: FieldType) -> String {
    switch type {
    case .number, .bool, .list, .json: return type.json(value)
    case .text, .label: break
    }
    if value.contains("\n") {
      let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
      return "|\n" + lines.map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    }
    return isPlain(value) ? value : type.json(value)
  }

  /// Whether a text means itself without quotation marks.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter, text.last != ":", text.trimmed == text,
      !text.contains(": "), !text.contains(" #")
    else { return false }
    return !["true", "false", "yes", "no", "on", "off", "null"].contains(text.lowercased())
  }

  /// The values of the keys in a reply, whose other text before and after is passed over.
  static func members(_ reply: String, named names: [String]) -> [String: String] {
    var found: [String: String] = [:]
    var current: String?
    var lines: [Substring] = []
    func close() {
      if let current, found[current] == nil { found[current] = value(lines) }
    }
    for line in reply.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") || line == "---" { continue }
      if let colon = line.firstIndex(of: ":"), let name = key(line[..<colon], among: names) {
        close()
        (current, lines) = (name, [line[line.index(after: colon)...]])
      } else {
        lines.append(line)
      }
    }
    close()
    return found
  }

  private static func key(_ text: Substring, among names: [String]) -> String? {
    let word = text.filter { $0 != "\"" && $0 != "'" && $0 != "*" }.lowercased()
      .replacing(" ", with: "_")
    return names.first { $0.lowercased() == word }
  }

  /// The value of the lines from the one of the key on.
  private static func value(_ lines: [Substring]) -> String {
    let first = String(lines.first ?? "").trimmed
    let rest = lines.dropFirst()
    switch first {
    case "|", "|-", "|+": return dedented(rest, joinedBy: "\n")
    case ">", ">-", ">+": return dedented(rest, joinedBy: " ")
    case "": return dedented(rest, joinedBy: "\n")
    default:
      let more = rest.map { String($0).trimmed }.filter { !$0.isEmpty }
      return unquoted(([first] + more).joined(separator: " "))
    }
  }

  private static func dedented(_ lines: ArraySlice<Substring>, joinedBy divider: String) -> String {
    let indents = lines.filter { !$0.allSatisfy(\.isWhitespace) }.map {
      $0.prefix { $0 == " " }.count
    }
    let least = indents.min() ?? 0
    return lines.map { String($0.dropFirst(min(least, $0.prefix { $0 == " " }.count))) }
      .joined(separator: divider).trimmed
  }

  private static func unquoted(_ text: String) -> String {
    if text.count >= 2, text.hasPrefix("'"), text.hasSuffix("'") {
      return String(text.dropFirst().dropLast()).replacing("''", with: "'")
    }
    if text.hasPrefix("\""), case .string(let value)? = JSONDocument.parse(text) { return value }
    return text
  }
}
