// SPDX-License-Identifier: Apache-2.0

/// A text with named slots in braces, such as `Review: {input}`; `{{` and `}}` stand for braces.
public struct SlotTemplate: Sendable, Hashable {
  enum Piece: Sendable, Hashable {
    case text(String)
    case slot(String)
  }

  /// The text as written.
  public let source: String
  let pieces: [Piece]

  /// Parses a template.
  /// - Throws: ``SlotTemplateError`` for a brace without its partner or an empty slot name.
  public init(_ source: String) throws(SlotTemplateError) {
    self.source = source
    var pieces: [Piece] = []
    var text = ""
    var rest = Substring(source)
    while let character = rest.popFirst() {
      switch character {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        rest.removeFirst()
        text.append(character)
      case "{":
        guard let end = rest.firstIndex(of: "}") else {
          throw SlotTemplateError.unclosedSlot(near: String(rest.prefix(20)))
        }
        // Only the ends are trimmed: a column may be named "review text".
        let name = String(rest[..<end]).trimmed
        guard !name.isEmpty, !name.contains("{") else {
          throw SlotTemplateError.badSlotName(String(rest[..<end]))
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
        pieces.append(.slot(name))
        rest = rest[rest.index(after: end)...]
      case "}":
        throw SlotTemplateError.unopenedSlot(near: String(rest.prefix(20)))
      default:
        text.append(character)
      }
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
  }

  /// The names of the slots in order of appearance, repeats included.
  public var slots: [String] {
    pieces.compactMap { if case .slot(let name) = $0 { name } else { nil } }
  }

  /// Fills the slots.
  /// - Throws: ``SlotTemplateError/missingValue(slot:available:)`` for a slot without a value.
  public func filled(with values: [String: String]) throws(SlotTemplateError) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .slot(let name):
        guard let value = values[name] else {
          throw SlotTemplateError.missingValue(slot: name, available: values.keys.sorted())
        }
        result += value
      }
    }
    return result
  }
}

/// What is wrong with a template or the values given to it.
public enum SlotTemplateError: Error, Hashable, CustomStringConvertible {
  case unclosedSlot(near: String)
  case unopenedSlot(near: String)
  case badSlotName(String)
  case missingValue(slot: String, available: [String])

  /// What is wrong and how to write it.
  public var description: String {
    switch self {
    case .unclosedSlot(let near):
      "a \"{\" before \"\(near)\" has no \"}\"; write {{ for a plain brace"
    case .unopenedSlot(let near):
      "a \"}\" before \"\(near)\" has no \"{\"; write }} for a plain brace"
    case .badSlotName(let name):
      "\"{\(name)}\" is not a slot name; a slot is a field's name in braces"
    case .missingValue(let slot, let available):
      "the slot {\(slot)} has no value; there are \(available.joined(separator: ", "))"
    }
  }
}

extension SlotTemplate: Codable {
  /// Parses the template from a text.
  public init(from decoder: any Decoder) throws {
    try self.init(String(from: decoder))
  }

  /// Writes the template as its text.
  public func encode(to encoder: any Encoder) throws {
    try source.encode(to: encoder)
  }
}
