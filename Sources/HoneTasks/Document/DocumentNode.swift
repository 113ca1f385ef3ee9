// SPDX-License-Identifier: Apache-2.0

/// A value of a task file with its place, whether it was written as YAML or as JSON.
struct DocumentNode: Sendable, Hashable {
  /// A place in the file: line and column in characters, both from 1.
  struct Position: Sendable, Hashable {
    var line: Int
    var column: Int
  }

  /// A key of a mapping with its value.
  struct Member: Sendable, Hashable {
    var key: String
    var position: Position
    var value: DocumentNode
  }

  indirect enum Content: Sendable, Hashable {
    /// `isPlain` tells an unquoted word, such as `true`, from the text `"true"`.
    case scalar(String, isPlain: Bool)
    case list([DocumentNode])
    case mapping([Member])
  }

  var content: Content
  var position: Position

  /// The member of a mapping with the key.
  subscript(key: String) -> DocumentNode? {
    members?.first { $0.key == key }?.value
  }

  var members: [Member]? {
    guard case .mapping(let members) = content else { return nil }
    return members
  }

  var items: [DocumentNode]? {
    guard case .list(let items) = content else { return nil }
    return items
  }

  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The text of any scalar that is not null: a number or `yes` counts as the text it is written
  /// as.
  var text: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// The truth value of an unquoted `true` or `false`.
  var flag: Bool? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// The finite number of an unquoted decimal, such as `-1.5e3`.
  var number: Double? {
    guard case .scalar(let text, isPlain: true) = content,
      text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }

  /// What was received, in words.
  var described: String {
    switch content {
    case .list(let items): items.isEmpty ? "an empty list" : "a list"
    case .mapping(let members): members.isEmpty ? "an empty mapping" : "a mapping"
    case .scalar(let text, let isPlain):
      if isNull {
        "nothing"
      } else if isPlain, flag != nil || number != nil {
        Self.shortened(text)
      } else {
        "the text \"\(Self.shortened(text))\""
      }
    }
  }

  /// The beginning of a text on one line, for messages.
  static func shortened(_ text: String) -> String {
    let line = text.prefix(41).map { character in
      let isControl = character.unicodeScalars.allSatisfy {
        $0.properties.generalCategory == .control
      }
      return isControl || character.isNewline ? " " : String(character)
    }
    return line.count > 40 ? line.prefix(40).joined() + "…" : line.joined()
  }
}
