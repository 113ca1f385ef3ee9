// SPDX-License-Identifier: Apache-2.0

/// What values a key of the task file takes.
///
/// The reader checks a file against it and the JSON Schema is written from it.
indirect enum ValueKind: Sendable {
  /// Any scalar but null.
  case text
  /// One of the words.
  case word([String])
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case flag
  case quantity(Quantity)
  /// A list with at least one item.
  case list(of: ValueKind)
  case mapping(KeySection)
  /// A mapping with any keys and scalars as values.
  case row
  /// A mapping of any content, such as a JSON Schema.
  case document
  /// An optimizer's name, or its name and settings.
  case optimizer
  /// Any of the kinds, told apart by their shape: scalar, list or mapping.
  case either([ValueKind])

  /// What is required, in words that follow "must be".
  var requirement: String {
    switch self {
    case .text: "a text"
    case .word(let words):
      words.count > 1 ? "one of " + words.joined(separator: ", ") : words.joined()
    case .integer(let range): Self.requirement("a whole number", range)
    case .number(let range): Self.requirement("a number", range)
    case .flag: "true or false"
    case .quantity(let quantity): quantity.requirement
    case .list(.text): "a list of texts"
    case .list(.row): "a list of mappings"
    case .list: "a list"
    case .mapping(let section): "a mapping of " + section.keys.map(\.name).joined(separator: ", ")
    case .row: "a mapping of field names to texts"
    case .document: "a mapping, such as a JSON Schema"
    case .optimizer: "an optimizer's name, or a mapping of name and settings"
    case .either(let kinds): kinds.map(\.requirement).joined(separator: ", or ")
    }
  }

  private static func requirement<Bound>(_ what: String, _ range: ClosedRange<Bound>) -> String {
    let lower = "\(range.lowerBound)".withoutFraction
    let upper = "\(range.upperBound)".withoutFraction
    if upper == "\(Int.max)" || upper == "inf" { return "\(what) from \(lower)" }
    return "\(what) from \(lower) to \(upper)"
  }

  /// Whether the kind is written as the node's shape: scalar, list or mapping.
  func hasShape(of node: DocumentNode) -> Bool {
    switch self {
    case .text, .word, .integer, .number, .flag, .quantity:
      if case .scalar = node.content { true } else { false }
    case .list: node.items != nil
    case .mapping, .row, .document: node.members != nil
    case .optimizer: node.items == nil
    case .either(let kinds): kinds.contains { $0.hasShape(of: node) }
    }
  }
}

extension String {
  /// A number's text without a needless `.0`.
  var withoutFraction: String {
    hasSuffix(".0") ? String(dropLast(2)) : self
  }
}
